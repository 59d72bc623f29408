import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
let town: TestTown
let mill: Peer
let basar: Peer
let ines: Person
let tern: Person
let crow: ReturnType<Peer['addActor']>
let bee: ReturnType<Peer['addActor']>
let crowHere: string
const here = () => `${town.url}/inbox`

beforeAll(async () => {
  town = await startTown({ isReachable: true })
  ;[mill, basar] = [await startPeer(), await startPeer()]
  ;[ines, tern] = [await town.person('ines'), await town.person('tern')]
  ;[crow, bee] = [mill.addActor('crow'), basar.addActor('bee')]
  const target = `${town.url}/ap/users/${ines.accountId}`
  for (const [peer, who] of [
    [mill, crow],
    [basar, bee],
  ] as const)
    await peer.send(here(), { id: `${who.id}#f`, type: 'Follow', actor: who.id, object: target }, who)
  await town.settled()
  crowHere = await idOf(crow.id)
})
afterAll(async () => {
  for (const one of [mill, basar, town]) await one[Symbol.asyncDispose]()
})

const idOf = async (uri: string) =>
  (await town.ctx.db.selectFrom('accounts').select('id').where('uri', '=', uri).executeTakeFirstOrThrow()).id
const reports = () =>
  town.ctx.db
    .selectFrom('reports')
    .select(['id', 'target_account_id', 'reporter_account_id', 'comment', 'status_ids', 'uri'])
    .orderBy('id')
    .execute()
const flagsAt = (peer: Peer) =>
  peer.requests
    .filter((one) => one.method === 'POST')
    .map((one) => JSON.parse(one.body) as Record<string, unknown>)
    .filter((one) => one.type === 'Flag')
const report = (json: Record<string, unknown>) => town.call('POST', '/api/v1/reports', { token: ines.token, json })
const say = async (who: Person, status: string) =>
  (await town.call('POST', '/api/v1/statuses', { token: who.token, json: { status } })).body as {
    id: string
    uri: string
  }

/** A post of crow's that answers bee. */
async function crowAnswers(id: string): Promise<string> {
  const note = {
    id: `${crow.id}/${id}`,
    type: 'Note',
    attributedTo: crow.id,
    content: `<p>rude ${id}</p>`,
    to: [PUBLIC],
    cc: [`${town.url}/ap/users/${ines.accountId}`, bee.id],
    tag: [
      { type: 'Mention', href: `${town.url}/ap/users/${ines.accountId}` },
      { type: 'Mention', href: bee.id },
    ],
    published: new Date().toISOString(),
  }
  const activity = { id: `${note.id}/c`, type: 'Create', actor: crow.id, to: note.to, cc: note.cc, object: note }
  await mill.send(here(), activity, crow)
  await town.settled()
  const row = await town.ctx.db.selectFrom('statuses').select('id').where('uri', '=', note.id).executeTakeFirstOrThrow()
  return row.id
}

describe('sent', () => {
  test('to the account’s own server and to the servers that were ticked, where they have to do with it', async () => {
    const post = await crowAnswers('one')
    const filed = await report({
      account_id: crowHere,
      status_ids: [post],
      comment: 'a threat',
      forward: true,
      forward_to_domains: [basar.host.toUpperCase(), 'elsewhere.test'],
    })
    expect(filed.body).toMatchObject({ forwarded: true })
    await town.settled()
    for (const peer of [mill, basar]) {
      const [flag, ...more] = flagsAt(peer)
      expect(more).toEqual([])
      expect(flag).toMatchObject({ content: 'a threat', object: [crow.id, `${crow.id}/one`] })
      expect(JSON.stringify(flag)).not.toContain(ines.accountId)
    }
  })

  test('to nobody when it was not ticked, and not to a server that has nothing to do with it', async () => {
    const before = [flagsAt(mill).length, flagsAt(basar).length]
    const post = await say(tern, 'nobody is named here')
    const own = await report({
      account_id: tern.accountId,
      status_ids: [post.id],
      forward: true,
      forward_to_domains: [basar.host],
    })
    expect(own.body).toMatchObject({ forwarded: false })
    await report({ account_id: crowHere, comment: 'kept here', forward_to_domains: [basar.host] })
    await town.settled()
    expect([flagsAt(mill).length, flagsAt(basar).length]).toEqual(before)
  })
})

describe('received', () => {
  test('with several objects, in the name of a server; brought twice it is one; its words are plain text', async () => {
    const [one, two] = [await say(tern, 'first'), await say(tern, 'second')]
    const other = await say(ines, 'of somebody else')
    const flag = {
      id: `${crow.id}#flags/1`,
      type: 'Flag',
      actor: crow.id,
      content: '<p>look <script>x</script>here</p>',
      object: [`${town.url}/ap/users/${tern.accountId}`, one.uri, two.uri, other.uri, 'https://nowhere.test/1'],
    }
    expect(await mill.send(here(), flag, crow)).toBe(202)
    await town.settled()
    const before = await reports()
    expect(before.at(-1)).toMatchObject({
      target_account_id: tern.accountId,
      reporter_account_id: crowHere,
      status_ids: [one.id, two.id],
      uri: flag.id,
    })
    expect(before.at(-1)?.comment).toContain('look')
    expect(before.at(-1)?.comment).not.toMatch(/<|script>/)
    await mill.send(here(), { ...flag, content: 'again, in other words' }, crow)
    await town.settled()
    expect(await reports()).toEqual(before)
  })

  test('about posts from elsewhere that speak to people of here', async () => {
    const post = await crowAnswers('two')
    const flag = {
      id: `${bee.id}#flags/1`,
      type: 'Flag',
      actor: bee.id,
      content: 'rude',
      object: [crow.id, `${crow.id}/two`],
    }
    await basar.send(here(), flag, bee)
    await town.settled()
    expect((await reports()).at(-1)).toMatchObject({ target_account_id: crowHere, status_ids: [post], comment: 'rude' })
  })

  test('not about what has nothing to do with us, and not from servers whose reports are not wanted', async () => {
    const before = (await reports()).length
    await basar.send(here(), { id: `${bee.id}#flags/2`, type: 'Flag', actor: bee.id, object: crow.id }, bee)
    await town.ctx.db
      .insertInto('domain_policies')
      .values({
        id: '7',
        host: basar.host,
        severity: 'noop',
        reject_reports: true,
        created_at: new Date().toISOString(),
      })
      .execute()
    const object = `${town.url}/ap/users/${tern.accountId}`
    await basar.send(here(), { id: `${bee.id}#flags/3`, type: 'Flag', actor: bee.id, object }, bee)
    await town.settled()
    expect(await reports()).toHaveLength(before)
  })

  test('however long its list of objects and its words are', async () => {
    const object = [
      `${town.url}/ap/users/${tern.accountId}`,
      ...Array.from({ length: 5_000 }, (_, n) => `https://nowhere.test/${n}`),
    ]
    const cost = await town.countStatements(async () => {
      const flag = { id: `${crow.id}#flags/9`, type: 'Flag', actor: crow.id, content: 'x'.repeat(20_000), object }
      expect(await mill.send(here(), flag, crow)).toBe(202)
      await town.settled()
    })
    expect(cost).toBeLessThan(60)
    expect((await reports()).at(-1)?.comment).toHaveLength(5_000)
  })
})
