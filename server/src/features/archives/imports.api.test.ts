import type { Import } from '@hamlet/contract/archives'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/hamlet/v1/imports'
let town: TestTown
let peer: Peer
let host: string
let serial = 0
let mia: Person
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  host = town.ctx.config.domain
  for (const name of ['bram', 'noa', 'kai']) await town.person(name)
  for (const name of ['tern', 'gull']) peer.addActor(name)
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})
beforeEach(async () => {
  serial += 1
  mia = await town.person(`mia${serial}`)
})

const call = (method: string, path: string, json?: unknown, who = mia) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const bring = (text: string | Buffer, kind?: string, who = mia) =>
  town.call('POST', PATH, {
    token: who.token,
    parts: { ...(kind === undefined ? {} : { kind }), data: Buffer.from(text) },
  })
const exported = async (name: string, who = mia) =>
  (await call('GET', `/api/hamlet/v1/exports/${name}`, undefined, who)).text
const rows = async (name: string, who = mia) =>
  (await exported(`${name}.csv`, who)).split('\n').filter((line) => line !== '' && !line.startsWith('Account address'))

/** From the file to its end. */
async function bringAll(text: string | Buffer, kind: string | undefined, mode = 'merge'): Promise<Import> {
  const draft = await bring(text, kind)
  expect(draft.status, draft.text).toBe(200)
  expect((await call('POST', `${PATH}/${draft.body.id}/confirm`, { mode })).status).toBe(200)
  await town.settled()
  return (await call('GET', `${PATH}/${draft.body.id}`)).body
}

test('a file is looked at first, and nothing is changed by that', async () => {
  await call('POST', `/api/v1/accounts/${(await call('GET', '/api/v1/accounts/lookup?acct=bram')).body.id}/follow`)
  const text = `Account address,Show boosts\nbram@${host},true\n@noa,false\nbram@${host},true\nnot a name\nmia${serial}@${host},true\n`
  const { body } = await bring(text, 'following')
  expect(body).toMatchObject({ kind: 'following', state: 'draft', rows: 2, done: 0, failed: 0 })
  expect(body.preview).toMatchObject({ known: 1, others: 0, problem_count: 3, looks_like: null })
  expect(body.preview.problems).toEqual([
    { line: 4, text: `bram@${host}, true`, problem: 'repeated' },
    { line: 5, text: 'not a name', problem: 'address' },
    { line: 6, text: `mia${serial}@${host}, true`, problem: 'self' },
  ])
  await town.settled()
  expect(await rows('follows')).toEqual([`bram@${host},true,false,`])
  expect((await call('GET', PATH)).body).toEqual([])
})

test('people are followed as the file says, those of other servers too, and what fails is listed', async () => {
  const text = `Account address,Show boosts,Notify on new posts,Languages\nbram,false,true,"de, en"\ntern@${peer.host},true,false,\nnobody@${host},true,false,\n`
  const done = await bringAll(text, undefined)
  expect(done).toMatchObject({ kind: 'following', state: 'finished', rows: 3, done: 2, failed: 1 })
  expect(await rows('follows')).toEqual([`bram@${host},false,true,"de, en"`])
  const asked = await town.ctx.db
    .selectFrom('follows')
    .select('state')
    .where('account_id', '=', mia.accountId)
    .where('state', '=', 'requested')
    .execute()
  expect(asked).toHaveLength(1)
  const failures = await call('GET', `${PATH}/${done.id}/failures.csv`)
  expect(failures.text).toBe(
    `Account address,Show boosts,Notify on new posts,Languages,Reason\nnobody@${host},true,false,,This account was not found\n`,
  )
})

test('overwriting takes away what the file does not have, and merging does not', async () => {
  await bringAll('bram\nnoa\n', 'muting')
  const kept = await bringAll('Account address,Hide notifications\nkai,false\n', 'muting')
  expect(kept).toMatchObject({ done: 1, removed: 0, preview: { known: 0, others: 2 } })
  expect(await rows('mutes')).toHaveLength(3)
  const only = await bringAll('noa\n', 'muting', 'overwrite')
  expect(only).toMatchObject({ removed: 2, preview: { known: 1, others: 2 } })
  expect(only.preview.some_others).toEqual([`bram@${host}`, `kai@${host}`])
  expect(await rows('mutes')).toEqual([`noa@${host},true`])
})

test('everything that is exported here is brought anew as it was', async () => {
  const bram = (await call('GET', '/api/v1/accounts/lookup?acct=bram')).body.id as string
  const post = (await call('POST', '/api/v1/statuses', { status: 'keep' })).body
  await call('POST', `/api/v1/statuses/${post.id}/bookmark`)
  await bringAll('kai,false,true,en', 'following')
  await bringAll(`=Rowers,bram\n"old, ""wise""",kai`, 'lists')
  await bringAll('noa', 'blocking')
  await bringAll('spam.example\nmüll.example', 'domain_blocking')
  const keywords_attributes = [{ keyword: 'tide', whole_word: false }]
  const filter = { title: 'Sea', context: ['home'], filter_action: 'hide', expires_in: 86_400, keywords_attributes }
  const made = await call('POST', '/api/v2/filters', filter)
  await call('POST', `/api/v2/filters/${made.body.id}/statuses`, { status_id: post.id })
  const names = ['follows.csv', 'lists.csv', 'blocks.csv', 'domain_blocks.csv', 'bookmarks.csv', 'custom_filters.json']
  const files = await Promise.all(names.map((name) => exported(name)))
  const first = mia
  mia = await town.person(`copy${serial}`)
  const kinds = ['following', 'lists', 'blocking', 'domain_blocking', 'bookmarks', 'custom_filters']
  for (const [index, kind] of kinds.entries()) {
    const done = await bringAll(files[index] ?? '', kind)
    expect([kind, done.failed, done.done], JSON.stringify(done)).toEqual([kind, 0, done.rows])
  }
  const sorted = (text: string) => text.split('\n').toSorted()
  for (const [index, name] of names.slice(0, -1).entries())
    expect(sorted(await exported(name))).toEqual(sorted(files[index] ?? ''))
  const timeless = (text: string) => text.replace(/"expires_at": "[^"]+"/, '')
  expect(timeless(await exported('custom_filters.json'))).toBe(timeless(files[5] ?? ''))
  expect((await exported('custom_filters.json')).includes(post.uri)).toBe(true)
  expect(first.accountId).not.toBe(mia.accountId)
  expect(bram).toMatch(/^\d+$/)
})

test('a filter of the same name gets what it lacks; overwriting ends the others', async () => {
  const file = (title: string, keyword: string) =>
    JSON.stringify({ custom_filters: [{ title, context: ['home'], keywords_attributes: [{ keyword }] }] })
  await bringAll(file('Sea', 'tide'), 'custom_filters')
  await bringAll(file('Sea', 'wave'), 'custom_filters')
  const words = async () =>
    (await call('GET', '/api/v2/filters')).body.map((one: any) => [
      one.title,
      ...one.keywords.map((k: any) => k.keyword),
    ])
  expect(await words()).toEqual([['Sea', 'tide', 'wave']])
  await bringAll(file('Land', 'hill'), 'custom_filters', 'overwrite')
  expect(await words()).toEqual([['Land', 'hill']])
})

describe('refused, with nothing kept:', () => {
  test.each([
    ['an empty file', '', 'following', 422],
    ['no line with sense', 'a b c\n', 'following', 422],
    ['an unknown kind', 'bram\n', 'friends', 422],
    ['a file that could be anything', 'bram\n', undefined, 422],
    ['no JSON', '{', 'custom_filters', 422],
    ['other JSON', '{"a":1}', 'custom_filters', 422],
    ['no text', Buffer.from([0xff, 0xfe, 0xfd]), 'blocking', 422],
    ['a NUL', 'bram\0\n', 'blocking', 422],
    ['too many rows', 'x@y.example\n'.repeat(20_001), 'blocking', 422],
    ['more than 20 MB', 'x'.repeat(21 * 1_048_576), 'blocking', 422],
  ])('%s', async (_name, text, kind, status) => {
    const answer = await bring(text, kind)
    expect([answer.status, typeof answer.body.error], answer.text).toEqual([status, 'string'])
    const kept = await town.ctx.db.selectFrom('imports').select('id').where('account_id', '=', mia.accountId).execute()
    expect(kept).toEqual([])
  })

  test('no file at all, and too little leave', async () => {
    expect((await call('POST', PATH, {})).status).toBe(400)
    expect((await bring('bram', 'blocking', await town.person(`narrow${serial}`, 'write:follows'))).status).toBe(403)
  })
})

test('a file of another kind is told apart by its columns', async () => {
  const { body } = await bring('Account address,Hide notifications\nbram,true\n', 'following')
  expect(body.preview.looks_like).toBe('muting')
  expect((await bring('https://a.example/1\nhttps://a.example/2\n')).body.kind).toBe('bookmarks')
  expect((await bring('spam.example\nother.example\n')).body.kind).toBe('domain_blocking')
  expect((await bring('Friends,bram@town.test\n')).body.kind).toBe('lists')
})

test('a preview holds for ten minutes, is its owner’s alone, and begins once', async () => {
  const { body } = await bring('bram\n', 'blocking')
  const path = `${PATH}/${body.id}`
  const bram = await town.person(`other${serial}`)
  for (const [method, end] of [
    ['GET', ''],
    ['POST', '/confirm'],
    ['DELETE', ''],
    ['GET', '/failures.csv'],
  ] as const)
    expect((await call(method, `${path}${end}`, method === 'POST' ? {} : undefined, bram)).status, end).toBe(404)
  const presses = await Promise.all(Array.from({ length: 8 }, () => call('POST', `${path}/confirm`, {})))
  expect(new Set(presses.map(({ status }) => status))).toEqual(new Set([200]))
  await town.settled()
  expect((await call('GET', path)).body).toMatchObject({ state: 'finished', done: 1 })
  const late = await bring('noa\n', 'blocking')
  town.clock.advance(11 * 60_000)
  expect((await call('POST', `${PATH}/${late.body.id}/confirm`, {})).status).toBe(410)
  expect(await rows('blocks')).toEqual([`bram@${host}`])
})

test('one that is stopped goes no further, and lists are bounded', async () => {
  const { body } = await bring('bram\n', 'blocking')
  expect((await call('DELETE', `${PATH}/${body.id}`)).status).toBe(200)
  expect((await call('POST', `${PATH}/${body.id}/confirm`, {})).status).toBe(404)
  expect((await call('DELETE', `${PATH}/${body.id}`)).status).toBe(404)
  for (let n = 0; n < 4; n += 1) await bringAll('noa', 'blocking')
  await call('GET', PATH)
  const cost = await town.countStatements(() => call('GET', PATH))
  expect(cost).toBe(2)
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"') || line.includes('a job failed'))).toEqual([])
})
