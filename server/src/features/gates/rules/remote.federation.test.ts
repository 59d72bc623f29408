import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

const RULES = '/api/hamlet/v1/admin/rules'
const HELD = '/api/hamlet/v1/admin/held'
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let town: TestTown
let peer: Peer
let oda: Person
let ines: Person
let temel: ReturnType<Peer['addActor']>
let serial = 0
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines')
  const role_id = requireRoleId('moderator')
  await town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', oda.userId).execute()
  temel = peer.addActor('temel')
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  await peer[Symbol.asyncDispose]()
})

const ask = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const inesUri = () => `${town.url}/ap/users/${ines.accountId}`
function note(words: string, rest: Record<string, unknown> = {}) {
  const id = `${peer.url}/notes/${(serial += 1)}`
  const tag = [{ type: 'Mention', href: inesUri(), name: '@ines' }]
  return {
    id,
    type: 'Note',
    attributedTo: temel.id,
    content: `<p>${words}</p>`,
    to: [PUBLIC, inesUri()],
    tag,
    published: town.clock.now().toISOString(),
    ...rest,
  }
}
async function send(type: string, object: Record<string, unknown> | string, as = temel) {
  const activity = {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.url}/acts/${(serial += 1)}`,
    type,
    actor: as.id,
    object,
    to: [PUBLIC, inesUri()],
  }
  expect(await peer.send(`${inesUri()}/inbox`, activity, as)).toBe(202)
  await town.settled()
}
async function rule(words: string, effects: unknown[], rest: unknown[] = []): Promise<string> {
  const conditions = [{ kind: 'text', words: [words], whole: true }, ...rest]
  const wording = { title: words, match: 'all', public_text: '', expires_at: null, conditions, effects }
  const { id } = (await ask(oda, 'POST', RULES, wording)).body
  await ask(oda, 'POST', `${RULES}/${id}/enable`, {})
  return id
}
const mentions = async () =>
  (await ask(ines, 'GET', '/api/v1/notifications?types[]=mention')).body.map((one: any) => one.status?.content)
const shown = async (uri: string) =>
  (await ask(ines, 'GET', `/api/v2/search?q=${encodeURIComponent(uri)}`)).body.statuses as any[]
const queue = async () => (await ask(oda, 'GET', HELD)).body as any[]
const decide = async (decision: string) =>
  ask(oda, 'POST', `${HELD}/decide`, { ids: (await queue()).map((one) => one.id), decision })
const hits = async (id: string) => (await ask(oda, 'GET', `${RULES}/${id}/hits`)).body

describe('a post from elsewhere', () => {
  test('that a rule rejects is dropped without a word, once in the log however often it comes', async () => {
    const id = await rule('casino', [{ kind: 'reject' }])
    const bad = note('a casino')
    await send('Create', bad)
    await send('Create', bad)
    expect(await shown(bad.id)).toEqual([])
    expect(await mentions()).toEqual([])
    expect(await hits(id)).toMatchObject([
      { account: { username: 'temel' }, status_id: null, uri: bad.id, excerpt: 'a casino' },
    ])
  })

  test('waits: no mention, no boost and no answer shows it; let through, it is as if it came now', async () => {
    await rule('lottery', [{ kind: 'hold' }])
    const held = note('a lottery')
    peer.documents.set(new URL(held.id).pathname, held)
    await send('Create', held)
    const other = peer.addActor('booster')
    await ask(ines, 'GET', `/api/v2/search?resolve=true&q=${encodeURIComponent(`@booster@${peer.host}`)}`)
    await send('Announce', held.id, other)
    const answer = note('an answer', { inReplyTo: held.id })
    await send('Create', answer)
    const rows = await town.ctx.db.selectFrom('statuses').select(['id', 'state']).where('uri', '=', held.id).execute()
    expect(rows).toMatchObject([{ state: 'held' }])
    for (const path of [`/api/v1/statuses/${rows[0]?.id}`, `/api/v1/statuses/${rows[0]?.id}/context`])
      expect((await ask(ines, 'GET', path)).status).toBe(404)
    expect(await shown(held.id)).toEqual([])
    expect(await mentions()).toEqual(['<p>an answer</p>'])
    expect((await ask(ines, 'GET', '/api/v1/timelines/public')).text).not.toContain('lottery')
    expect(await queue()).toMatchObject([{ status: { content: '<p>a lottery</p>' }, rule: { title: 'lottery' } }])
    await decide('approved')
    await town.settled()
    expect(await shown(held.id)).toMatchObject([{ content: '<p>a lottery</p>' }])
    expect(await mentions()).toEqual(['<p>a lottery</p>', '<p>an answer</p>'])
  })

  test('changes while it waits, and is taken back by its own server alone', async () => {
    await rule('raffle', [{ kind: 'hold' }])
    const held = note('a raffle')
    await send('Create', held)
    await send('Update', {
      ...held,
      content: '<p>another raffle</p>',
      updated: new Date(town.clock.now().getTime() + 1000).toISOString(),
    })
    expect(await queue()).toMatchObject([{ status: { content: '<p>another raffle</p>' } }])
    await send('Delete', held.id, peer.addActor('stranger'))
    expect(await queue()).toHaveLength(1)
    await send('Delete', held.id)
    expect(await queue()).toEqual([])
    expect(await town.ctx.db.selectFrom('statuses').select('id').where('uri', '=', held.id).execute()).toEqual([])
  })

  test('that a moderator rejected does not come again', async () => {
    await rule('sweepstake', [{ kind: 'hold' }])
    const held = note('a sweepstake')
    await send('Create', held)
    await decide('rejected')
    await send('Create', held)
    expect(await queue()).toEqual([])
    expect(await town.ctx.db.selectFrom('statuses').select('id').where('uri', '=', held.id).execute()).toEqual([])
  })

  test('is judged again when it is edited: a rejected change is none, a held one takes it out of sight', async () => {
    await rule('poker', [{ kind: 'reject' }])
    await rule('bingo', [{ kind: 'hold' }])
    const fine = note('a chapel')
    await send('Create', fine)
    const later = (seconds: number) => new Date(town.clock.now().getTime() + seconds * 1000).toISOString()
    await send('Update', { ...fine, content: '<p>poker</p>', updated: later(1) })
    expect(await shown(fine.id)).toMatchObject([{ content: '<p>a chapel</p>' }])
    await send('Update', { ...fine, content: '<p>bingo</p>', updated: later(2) })
    expect(await shown(fine.id)).toEqual([])
    const { body } = await ask(ines, 'GET', `/api/v1/accounts/lookup?acct=temel@${peer.host}`)
    await decide('approved')
    await town.settled()
    expect(await shown(fine.id)).toMatchObject([{ content: '<p>bingo</p>' }])
    const after = await ask(ines, 'GET', `/api/v1/accounts/lookup?acct=temel@${peer.host}`)
    expect(after.body.statuses_count).toBe(body.statuses_count)
  })

  test('gets its warning, and loses it when that is taken back', async () => {
    const id = await rule('wasp', [{ kind: 'warn', text: 'Insects' }, { kind: 'unlist' }])
    const fine = note('a wasp')
    await send('Create', fine)
    expect(await shown(fine.id)).toMatchObject([{ spoiler_text: 'Insects', sensitive: true, visibility: 'unlisted' }])
    await ask(oda, 'POST', `${RULES}/${id}/undo`, {})
    expect(await shown(fine.id)).toMatchObject([{ spoiler_text: '', sensitive: false, visibility: 'public' }])
  })

  test('that is private waits without its words: nobody of the team reads them', async () => {
    await rule('parcel', [{ kind: 'hold' }], [{ kind: 'strangers', at_least: 1 }])
    const held = note('your parcel', { to: [inesUri()] })
    await send('Create', held)
    expect(await queue()).toMatchObject([{ status: null, visibility: 'direct', account: { username: 'temel' } }])
    expect((await ask(oda, 'GET', HELD)).text).not.toContain('your parcel')
    const row = await town.ctx.db.selectFrom('statuses').select('id').where('uri', '=', held.id).executeTakeFirst()
    const read = () => ask(ines, 'GET', `/api/v1/statuses/${row?.id}`)
    expect((await read()).status).toBe(404)
    await decide('approved')
    await town.settled()
    expect((await read()).body.content).toBe('<p>your parcel</p>')
  })
})
