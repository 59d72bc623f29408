import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

const threadsOf = async (town: TestTown, who: Person) =>
  (await town.call('GET', '/api/v1/conversations', { token: who.token })).body
const act = (town: TestTown, who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })

describe('a private thread of two towns', () => {
  let here: TestTown
  let there: TestTown
  let ines: Person
  let bram: Person
  beforeAll(async () => {
    here = await startTown({ isReachable: true })
    there = await startTown({ isReachable: true })
    ines = await here.person('ines')
    bram = await there.person('bram')
    for (const [town, who, handle] of [
      [here, ines, `@bram@${there.ctx.config.domain}`],
      [there, bram, `@ines@${here.ctx.config.domain}`],
    ] as const) {
      const path = `/api/v2/search?resolve=true&q=${encodeURIComponent(handle)}`
      const [found] = (await town.call('GET', path, { token: who.token })).body.accounts
      await act(town, who, `accounts/${found.id}/follow`)
    }
    await settled()
  })
  afterAll(async () => {
    await here[Symbol.asyncDispose]()
    await there[Symbol.asyncDispose]()
  })

  async function settled(): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      await here.settled()
      await there.settled()
    }
  }

  test('goes both ways, is one thread on each side, and a deletion goes along', async () => {
    const direct = { visibility: 'direct' }
    const first = await act(here, ines, 'statuses', { status: `@bram@${there.ctx.config.domain} come over`, ...direct })
    await settled()
    const [arrived] = await threadsOf(there, bram)
    expect(arrived).toMatchObject({ unread: true, accounts: [{ acct: `ines@${here.ctx.config.domain}` }] })
    expect(arrived.last_status).toMatchObject({ uri: first.body.uri, visibility: 'direct' })
    const status = `@ines@${here.ctx.config.domain} on my way`
    const answer = await act(there, bram, 'statuses', { status, ...direct, in_reply_to_id: arrived.last_status.id })
    await settled()
    const threads = await threadsOf(here, ines)
    expect(threads).toMatchObject([{ unread: true, last_status: { uri: answer.body.uri } }])
    expect(await threadsOf(there, bram)).toMatchObject([{ id: arrived.id, unread: false }])
    const messages = await here.call('GET', `/api/hamlet/v1/conversations/${threads[0].id}/statuses`, {
      token: ines.token,
    })
    expect(messages.body.map((one: { uri: string }) => one.uri)).toEqual([answer.body.uri, first.body.uri])
    await there.call('DELETE', `/api/v1/statuses/${answer.body.id}`, { token: bram.token })
    await settled()
    expect(await threadsOf(here, ines)).toMatchObject([{ last_status: { uri: first.body.uri } }])
  })
})

describe('the name of a thread', () => {
  let town: TestTown
  let peer: Peer
  let ines: Person
  let mara: ReturnType<Peer['addActor']>
  beforeAll(async () => {
    town = await startTown({ isReachable: true })
    peer = await startPeer()
    ines = await town.person('ines')
    mara = peer.addActor('mara')
  })
  afterAll(async () => {
    await town[Symbol.asyncDispose]()
    await peer[Symbol.asyncDispose]()
  })

  const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
  let serial = 0
  /** A note of mara's to ines that arrives; gives its row. */
  async function arrive(parts: Record<string, unknown>) {
    serial += 1
    const to = (
      await town.ctx.db.selectFrom('accounts').select('uri').where('id', '=', ines.accountId).executeTakeFirstOrThrow()
    ).uri
    const id = `${peer.url}/notes/${serial}`
    const tag = [{ type: 'Mention', href: to }]
    const object = { id, type: 'Note', attributedTo: mara.id, content: 'hello', to: [PUBLIC], cc: [to], tag, ...parts }
    const create = { id: `${id}/activity`, type: 'Create', actor: mara.id, to: object.to, cc: object.cc, object }
    expect(await peer.send(`${town.url}/inbox`, create, mara)).toBe(202)
    await town.settled()
    return town.ctx.db
      .selectFrom('statuses')
      .select(['id', 'conversation_id', 'conversation_uri'])
      .where('uri', '=', id)
      .executeTakeFirstOrThrow()
  }
  const write = async (json: Record<string, unknown>) => (await act(town, ines, 'statuses', json)).body
  const noteOf = async (uri: string) => {
    const accept = { accept: 'application/activity+json' }
    return (await town.call('GET', uri.replace(town.url, ''), { headers: accept })).body
  }

  test('of ours is an address with the open posts of the thread', async () => {
    const root = await write({ status: 'root' })
    const reply = await write({ status: 'reply', in_reply_to_id: root.id })
    await write({ status: 'only for few', in_reply_to_id: root.id, visibility: 'private' })
    const note = await noteOf(reply.uri)
    expect(note.context).toBe(`${town.url}/ap/contexts/${root.id}`)
    expect(note.conversation).toBe(note.context)
    const collection = await noteOf(note.context)
    expect(collection).toMatchObject({
      type: 'Collection',
      id: note.context,
      attributedTo: (await noteOf(root.uri)).attributedTo,
      first: { partOf: note.context, items: [root.uri, reply.uri] },
    })
    const rest = await noteOf(`${note.context}?page=true&min_id=${root.id}`)
    expect(rest).toMatchObject({ type: 'CollectionPage', items: [reply.uri] })
    for (const id of ['1', 'x', '99999999999999999999'])
      expect((await town.call('GET', `/ap/contexts/${id}`)).status).toBe(404)
  })

  test('of another server goes along with our answers', async () => {
    const conversation = 'tag:peer,2026-05-01:objectId=88:objectType=Conversation'
    const row = await arrive({ conversation })
    expect(row).toMatchObject({ conversation_id: row.id, conversation_uri: conversation })
    const note = await noteOf((await write({ status: 'an answer', in_reply_to_id: row.id })).uri)
    expect(note).toMatchObject({ conversation, inReplyTo: `${peer.url}/notes/${serial}` })
    expect(note.context).toBeUndefined()
  })

  test('finds the thread of an answer whose parent is not here; a known parent says more', async () => {
    const root = await write({ status: 'a root of ours' })
    const conversation = `${town.url}/ap/contexts/${root.id}`
    const lost = await arrive({ inReplyTo: `${peer.url}/notes/lost`, context: conversation })
    expect(lost.conversation_id).toBe(root.id)
    const other = await write({ status: 'another root' })
    const answer = await arrive({ inReplyTo: other.uri, conversation })
    expect(answer).toMatchObject({ conversation_id: other.id, conversation_uri: `${town.url}/ap/contexts/${other.id}` })
  })

  test.each([5, null, {}, ['x'], '', 'x'.repeat(501), '\0'])('that is no name is none: %j', async (conversation) => {
    const row = await arrive({ conversation })
    expect(row).toMatchObject({ conversation_id: row.id, conversation_uri: null })
  })

  test('that a stranger claims opens no private thread to them, and none of theirs to us', async () => {
    const friend = await town.person('friend')
    await act(town, friend, `accounts/${ines.accountId}/follow`)
    const secret = await write({ status: '@friend between us', visibility: 'direct' })
    await town.settled()
    const to = [(await noteOf(`${town.url}/ap/users/${ines.accountId}`)).id]
    await arrive({ to, cc: [], conversation: `${town.url}/ap/contexts/${secret.id}`, content: 'let me in' })
    for (const who of [ines, friend]) {
      const threads = await threadsOf(town, who)
      expect(threads).toMatchObject([{ last_status: { id: secret.id } }])
      expect(threads[0].accounts).toHaveLength(1)
    }
  })
})
