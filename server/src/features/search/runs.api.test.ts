import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { buildIndex } from './build-index.ts'
import { postsQuery } from './find-posts.ts'
import { readPostQuery } from './read-query.ts'
import { readRuns } from './runs.ts'

let town: TestTown
let ines: Person
let carl: Person
const names = new Map<string, string>()

const posts = {
  kyoto: '昨日は京都に行ってきました。お寺の庭がきれいだった',
  tokyo: '東京都の天気は晴れ',
  cat: '我家的猫喜欢喝热牛奶,今天天气很好',
  lastCat: '看这只猫',
  seoul: '어제 서울에서 친구를 만났습니다',
  bangkok: 'วันนี้ไปกินข้าวที่กรุงเทพมหานคร',
  mixed: '新しいiPhoneケースを買った, 3GBで十分. C言語も',
  width: 'ｶﾒﾗとＴＯＫＹＯ',
  english: 'The harbour is quiet, and iphones are off',
  tagged: '静かな港町 #港町 https://example.test/秘密の場所',
}
type Name = keyof typeof posts

beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  carl = await town.person('carl')
  await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: ines.token, json: { indexable: true } })
  const say = async (name: string, status: string, more: Record<string, unknown> = {}) => {
    const { body } = await town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status, ...more } })
    names.set(body.id, name)
  }
  for (const [name, status] of Object.entries(posts)) await say(name, status)
  await say('hidden', '京都の秘密', { visibility: 'private' })
  await town.settled()
})
afterAll(() => town[Symbol.asyncDispose]())

async function find(q: string, who = carl): Promise<string[]> {
  const path = `/api/v2/search?type=statuses&q=${encodeURIComponent(q)}`
  const { body } = await town.call('GET', path, { token: who.token })
  return (body.statuses as { id: string }[]).map(({ id }) => names.get(id) ?? id).sort((a, b) => a.localeCompare(b))
}

test.each<[string, string, Name[]]>([
  ['a word inside a run', '京都', ['kyoto', 'tokyo']],
  ['a longer one, in its order', '京都に行', ['kyoto']],
  ['no letters in another order', '都京', []],
  ['pairs that stand apart are no word', '天気は好', []],
  ['kana', 'お寺', ['kyoto']],
  ['Chinese', '牛奶', ['cat']],
  ['one letter, inside and at the end of a run', '猫', ['cat', 'lastCat']],
  ['Korean without its particle', '서울', ['seoul']],
  ['Korean inside a word', '울에', ['seoul']],
  ['Thai', 'กินข้าว', ['bangkok']],
  ['a Thai name', 'กรุงเทพ', ['bangkok']],
  ['Latin words within', 'iphone', ['english', 'mixed']],
  ['both in one word', 'iPhoneケース', ['mixed']],
  ['a letter and a run', 'C言語', ['mixed']],
  ['several words', '牛奶 天气', ['cat']],
  ['a phrase', '"热牛奶"', ['cat']],
  ['a phrase that is not there', '"牛奶热"', []],
  ['without', '京都 -天気', ['kyoto']],
  ['half and full width', 'カメラ', ['width']],
  ['full width Latin', 'tokyo', ['width']],
  ['the text of a link', '秘密', ['tagged']],
  ['a hashtag', '#港町', ['tagged']],
])('%s: %s', async (_, query, expected) => {
  expect(await find(query)).toEqual([...expected].sort((a, b) => a.localeCompare(b)))
})

test('nobody finds more by pairs than by words', async () => {
  expect(await find('京都', ines)).toEqual(['hidden', 'kyoto', 'tokyo'])
  expect(await find('京都の秘密')).toEqual([])
  const { status } = await town.call('GET', '/api/v2/search?type=statuses&q=%E4%BA%AC%E9%83%BD', {})
  expect(status).toBe(200)
  await town.call('POST', `/api/v1/accounts/${ines.accountId}/mute`, { token: carl.token })
  expect(await find('京都')).toEqual([])
  await town.call('POST', `/api/v1/accounts/${ines.accountId}/unmute`, { token: carl.token })
})

test('what is asked is what the index holds', async () => {
  for (const text of [...Object.values(posts), '𠮷野家の々〆〇ー', 'ﾊﾝｶｸ']) {
    const { rows } = await sql<{ lexemes: string[] }>`
      select tsvector_to_array(search_runs(${text})) lexemes`.execute(town.ctx.db)
    const asked = [...(readRuns(text)?.query ?? '').matchAll(/'([^']+)'/g)].map(([, pair]) => pair)
    expect(rows[0]?.lexemes, text).toEqual(expect.arrayContaining(asked))
  }
})

/** The plan where whole tables are not read, nor in the order of their ids: which indexes the words can use. */
async function plan(query: string): Promise<string> {
  const page = { limit: 20, offset: 0 }
  return town.ctx.db.transaction().execute(async (db) => {
    await sql`set local enable_seqscan = off`.execute(db)
    await sql`set local enable_indexscan = off`.execute(db)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain ${postsQuery(town.ctx, carl.accountId, readPostQuery(query), page)}`.execute(db)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}

test('words, runs and both go by their index', async () => {
  expect(await plan('harbour')).toMatch(/BitmapOr[^]*statuses_words[^]*statuses_runs/)
  expect(await plan('京都に')).toContain('Bitmap Index Scan on statuses_runs')
})

test('a town without the index gets it while it works, and what was left half built anew', async () => {
  const isValid = async () => {
    const { rows } = await sql<{ valid: boolean }>`
      select indisvalid valid from pg_index where indexrelid = to_regclass('statuses_runs')`.execute(town.ctx.db)
    return rows[0]?.valid
  }
  await sql`drop index statuses_runs`.execute(town.ctx.db)
  expect(await find('京都')).toEqual(['kyoto', 'tokyo'])
  await buildIndex.run(town.ctx, {})
  expect(await isValid()).toBe(true)
  await sql`update pg_index set indisvalid = false where indexrelid = to_regclass('statuses_runs')`.execute(town.ctx.db)
  await buildIndex.run(town.ctx, {})
  expect(await isValid()).toBe(true)
  await buildIndex.run(town.ctx, {})
  expect(await find('京都')).toEqual(['kyoto', 'tokyo'])
})
