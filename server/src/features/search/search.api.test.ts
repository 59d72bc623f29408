import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { readPostQuery } from './read-query.ts'

let town: TestTown
let ines: Person
let bram: Person
let carl: Person
const posts = new Map<string, string>()
const names = () => new Map([...posts].map(([name, id]) => [id, name]))

beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
  carl = await town.person('carl')
  await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: ines.token, json: { indexable: true } })
  for (const visibility of ['public', 'unlisted', 'private', 'direct'])
    await say(ines, visibility, `the harbour at dawn ${visibility === 'direct' ? '@bram' : ''}`, { visibility })
  await say(ines, 'sensitive', 'harbours & <b>cranes</b> #Regatta', { sensitive: true, language: 'de' })
  await say(bram, 'closed', 'harbour of someone who is not to be found')
  await say(bram, 'reply', 'the dawn at harbour, @ines', { in_reply_to_id: posts.get('public') })
  await say(ines, 'poll', 'harbour poll', { poll: { options: ['a', 'b'], expires_in: 3600 } })
  await town.settled()
})
afterAll(() => town[Symbol.asyncDispose]())

async function say(who: Person, name: string, status: string, more: Record<string, unknown> = {}): Promise<void> {
  const { body } = await town.call('POST', '/api/v1/statuses', { token: who.token, json: { status, ...more } })
  posts.set(name, body.id)
}
const ask = (who: Person | undefined, q: string, more = '') =>
  town.call('GET', `/api/v2/search?type=statuses&q=${encodeURIComponent(q)}${more}`, who ? { token: who.token } : {})
async function find(who: Person | undefined, q: string, more = ''): Promise<string[]> {
  const { body } = await ask(who, q, more)
  return (body.statuses as { id: string }[]).map(({ id }) => names().get(id) ?? id).sort((a, b) => a.localeCompare(b))
}

describe('a search for posts', () => {
  const operators = ['harbour', '"the harbour"', 'from:ines', 'in:all harbour', '-nothing', 'language:en', 'harb']
  const seen: [string, () => Person | undefined, string[]][] = [
    ['a stranger', () => undefined, []],
    ['a member', () => carl, ['public', 'sensitive', 'poll']],
    ['who is mentioned', () => bram, ['public', 'sensitive', 'poll', 'direct', 'closed', 'reply']],
  ]
  for (const operator of operators)
    test.each(seen)(
      `${operator} shows %s nothing but public posts of the willing and their library`,
      async (_, who, may) => {
        for (const name of await find(who(), operator)) expect(may).toContain(name)
      },
    )

  test('finds words, phrases and beginnings, without the marks of HTML', async () => {
    expect(await find(carl, 'harbour')).toEqual(['poll', 'public', 'sensitive'])
    expect(await find(carl, 'HARBOUR dawn')).toEqual(['public'])
    expect(await find(bram, '"the harbour at dawn"')).toEqual(['direct', 'public'])
    expect(await find(carl, 'harbour -dawn')).toEqual(['poll', 'sensitive'])
    expect(await find(carl, 'cranes')).toEqual(['sensitive'])
    for (const nothing of ['br', '!!', "o'", '\\', "':*", '&|!', '"', '-'])
      expect(await find(carl, nothing), nothing).toEqual([])
  })

  test('is narrowed by operators', async () => {
    expect(await find(ines, 'in:library harbour')).toEqual([
      'direct',
      'poll',
      'private',
      'public',
      'reply',
      'sensitive',
      'unlisted',
    ])
    expect(await find(ines, 'in:public harbour')).toEqual(['poll', 'public', 'sensitive'])
    expect(await find(bram, 'from:me')).toEqual(['closed', 'reply'])
    expect(await find(carl, 'from:@ines@town.test has:poll')).toEqual(['poll'])
    expect(await find(carl, 'harbour -has:poll is:sensitive')).toEqual(['sensitive'])
    expect(await find(bram, 'is:reply')).toEqual(['reply'])
    expect(await find(bram, 'to:ines')).toEqual(['reply'])
    expect(await find(carl, '#regatta language:de')).toEqual(['sensitive'])
    expect(await find(carl, 'harbour has:media')).toEqual([])
    const today = town.clock.now().toISOString().slice(0, 10)
    expect(await find(carl, `dawn during:${today}`)).toEqual(['public'])
    for (const other of [`before:${today}`, `after:${today}`]) expect(await find(carl, `dawn ${other}`)).toEqual([])
  })

  test('knows what was bookmarked, and leaves out whom one muted', async () => {
    await town.call('POST', `/api/v1/statuses/${posts.get('closed')}/bookmark`, { token: carl.token })
    expect(await find(carl, 'in:bookmarks')).toEqual(['closed'])
    expect(await find(carl, 'someone')).toEqual(['closed'])
    await town.call('POST', `/api/v1/accounts/${bram.accountId}/mute`, { token: carl.token })
    expect(await find(carl, 'someone')).toEqual([])
  })

  test('goes by pages, and costs the same for many as for one', async () => {
    expect(await find(carl, 'harbour', '&limit=1&offset=1')).toEqual(['sensitive'])
    expect(await find(carl, 'harbour', `&max_id=${posts.get('sensitive')}`)).toEqual(['public'])
    expect(await find(carl, 'harbour', `&min_id=${posts.get('sensitive')}`)).toEqual(['poll'])
    expect(await find(ines, 'harbour', `&account_id=${bram.accountId}`)).toEqual(['reply'])
    const one = await town.countStatements(() => ask(carl, 'dawn'))
    expect(await town.countStatements(() => ask(carl, 'harbour -has:poll'))).toBe(one)
  })

  test.each(['in:moon', 'has:wings', 'is:odd', 'before:2026-02-31', 'after:x'])('refuses %s in words', async (q) => {
    expect(await ask(carl, q)).toMatchObject({ status: 422, body: { error: expect.stringContaining('"') } })
  })
})

test('a name that is no operator is text', () => {
  expect(readPostQuery('note:this')).toEqual({
    terms: [{ kind: 'words', text: 'note:this', isPhrase: true, isNot: false }],
    where: 'all',
  })
})
