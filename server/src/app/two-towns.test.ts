import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFront, type Front } from '#test/front'
import { dial } from '#test/listener'
import { upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

describe.each([
  ['each in one process', {}],
  ['one of them in three processes', { isSplit: true }],
  ['over TLS, with names without ports', { isNamed: true }],
])('two towns, %s', (_name, { isSplit = false, isNamed = false }: { isSplit?: boolean; isNamed?: boolean }) => {
  let front: Front | undefined
  let here: TestTown
  let there: TestTown
  let ines: Person
  let bram: Person
  let bramHere: { id: string; acct: string }
  beforeAll(async () => {
    front = isNamed ? await startFront() : undefined
    here = await startTown(front ? { behind: { front, name: 'alpha.test' } } : { isReachable: true, isSplit })
    there = await startTown(front ? { behind: { front, name: 'beta.test' } } : { isReachable: true })
    ines = await here.person('ines')
    bram = await there.person('bram')
  })
  afterAll(async () => {
    await here[Symbol.asyncDispose]()
    await there[Symbol.asyncDispose]()
    await front?.[Symbol.asyncDispose]()
  })

  /** Until both towns have nothing left to do for each other. */
  async function settled(): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      await here.settled()
      await there.settled()
    }
  }

  const get = (town: TestTown, who: Person, path: string) => town.call('GET', path, { token: who.token })
  const post = (town: TestTown, who: Person, path: string, json: Record<string, unknown> = {}) =>
    town.call('POST', path, { token: who.token, json })
  const find = async (town: TestTown, who: Person, text: string) =>
    (await get(town, who, `/api/v2/search?resolve=true&q=${encodeURIComponent(text)}`)).body
  const home = async (town: TestTown, who: Person) => (await get(town, who, '/api/v1/timelines/home')).body
  const relation = async (town: TestTown, who: Person, id: string) =>
    (await get(town, who, `/api/v1/accounts/relationships?id[]=${id}`)).body[0]

  test('a handle is found by its server, and a follow is accepted', async () => {
    const handle = `@bram@${there.ctx.config.domain}`
    const found = await find(here, ines, handle)
    expect(found.accounts).toMatchObject([{ acct: handle.slice(1), url: `${there.url}/@bram` }])
    bramHere = found.accounts[0]
    const asked = await post(here, ines, `/api/v1/accounts/${bramHere.id}/follow`)
    expect(asked.body).toMatchObject({ following: false, requested: true })
    await settled()
    expect(await relation(here, ines, bramHere.id)).toMatchObject({ following: true, requested: false })
    const [follower] = (await get(there, bram, `/api/v1/accounts/${bram.accountId}/followers`)).body
    expect(follower.acct).toBe(`ines@${here.ctx.config.domain}`)
    expect((await here.call('GET', `/api/v1/accounts/${bramHere.id}`)).body.followers_count).toBe(1)
  })

  describe('a post with a picture and a mention', () => {
    let written: { id: string; uri: string }
    let arrived: { id: string; content: string; media_attachments: Record<string, unknown>[]; mentions: unknown[] }

    test('arrives with all its parts, on the open stream too, and the ledger says so', async () => {
      await using listener = await dial(here.streaming, { token: ines.token, query: '?stream=user' })
      const picture = await upload(there, bram.token, { description: 'Four boats' })
      const answer = await post(there, bram, '/api/v1/statuses', {
        status: `@ines@${here.ctx.config.domain} is that your mast? #SlowHarbour`,
        spoiler_text: 'boats',
        language: 'pt',
        media_ids: [picture.body.id],
      })
      written = answer.body
      await settled()
      ;[arrived] = await home(here, ines)
      expect(arrived).toMatchObject({
        uri: written.uri,
        spoiler_text: 'boats',
        language: 'pt',
        visibility: 'public',
        account: { acct: bramHere.acct },
        tags: [{ name: 'slowharbour' }],
        mentions: [{ acct: 'ines' }],
        media_attachments: [
          { type: 'image', description: 'Four boats', meta: { original: { width: expect.any(Number) } } },
        ],
      })
      expect(arrived.content).toContain('is that your mast?')
      expect(await listener.hear('update')).toMatchObject({ id: arrived.id, content: arrived.content })
      expect(await listener.hear('notification')).toMatchObject({ type: 'mention', status: { id: arrived.id } })
      const shown = await get(there, bram, `/api/v1/statuses/${written.id}`)
      expect(shown.body.hamlet).toEqual({
        deliveries: { delivered: 1, waiting: 0, refused: 0, silent: 0, total: 1 },
      })
      expect((await there.call('GET', `/api/v1/statuses/${written.id}`)).body.hamlet).toBeUndefined()
    })

    test('is answered, favourited and boosted, and its author is told of all three', async () => {
      await post(here, ines, `/api/v1/statuses/${arrived.id}/favourite`)
      await post(here, ines, `/api/v1/statuses/${arrived.id}/reblog`)
      await post(here, ines, '/api/v1/statuses', {
        status: `@${bramHere.acct} it is`,
        in_reply_to_id: arrived.id,
      })
      await settled()
      const there1 = (await get(there, bram, `/api/v1/statuses/${written.id}`)).body
      expect(there1).toMatchObject({ favourites_count: 1, reblogs_count: 1, replies_count: 1 })
      const told = (await get(there, bram, '/api/v1/notifications')).body
      expect(told.map((one: { type: string }) => one.type).toSorted()).toEqual([
        'favourite',
        'follow',
        'mention',
        'reblog',
      ])
      expect((await get(here, ines, '/api/v1/notifications')).body).toMatchObject([
        { type: 'mention', status: { id: arrived.id } },
      ])
      const thread = (await get(there, bram, `/api/v1/statuses/${written.id}/context`)).body
      expect(thread.descendants).toMatchObject([
        { account: { acct: `ines@${here.ctx.config.domain}` }, in_reply_to_id: written.id },
      ])
    })

    test('can be taken back', async () => {
      await post(here, ines, `/api/v1/statuses/${arrived.id}/unfavourite`)
      await post(here, ines, `/api/v1/statuses/${arrived.id}/unreblog`)
      await settled()
      expect((await get(there, bram, `/api/v1/statuses/${written.id}`)).body).toMatchObject({
        favourites_count: 0,
        reblogs_count: 0,
      })
    })

    test('is edited, and the edit arrives', async () => {
      there.clock.advance(60_000)
      here.clock.advance(60_000)
      await there.call('PUT', `/api/v1/statuses/${written.id}`, {
        token: bram.token,
        json: { status: 'No, it is mine. #OtherHarbour' },
      })
      await settled()
      const shown = (await get(here, ines, `/api/v1/statuses/${arrived.id}`)).body
      expect(shown).toMatchObject({ spoiler_text: '', tags: [{ name: 'otherharbour' }], media_attachments: [] })
      expect(shown.content).toContain('No, it is mine.')
      expect((await get(here, ines, `/api/v1/statuses/${arrived.id}/history`)).body).toHaveLength(2)
    })

    test('is deleted, and gone', async () => {
      await there.call('DELETE', `/api/v1/statuses/${written.id}`, { token: bram.token })
      await settled()
      expect((await get(here, ines, `/api/v1/statuses/${arrived.id}`)).status).toBe(404)
    })
  })

  test('a report is forwarded in the name of the server, not of whoever reported', async () => {
    const post1 = (await post(there, bram, '/api/v1/statuses', { status: 'thrown off the pier' })).body
    await settled()
    const [seen] = await home(here, ines)
    const filed = await post(here, ines, '/api/v1/reports', {
      account_id: bramHere.id,
      status_ids: [seen.id],
      comment: 'a threat',
      forward: true,
    })
    expect(filed.body).toMatchObject({ forwarded: true, target_account: { acct: bramHere.acct } })
    await settled()
    const [report] = await there.ctx.db.selectFrom('reports').selectAll().execute()
    expect(report).toMatchObject({ target_account_id: bram.accountId, comment: 'a threat', status_ids: [post1.id] })
    const reporter = await there.call('GET', `/api/v1/accounts/${report?.reporter_account_id}`)
    expect(reporter.body).toMatchObject({
      acct: `${new URL(here.url).hostname}@${here.ctx.config.domain}`,
      bot: true,
    })
    await there.call('DELETE', `/api/v1/statuses/${post1.id}`, { token: bram.token })
    await settled()
  })

  test('audiences hold across servers', async () => {
    const stranger = await here.person('stranger')
    const write = async (visibility: string, status: string) =>
      (await post(there, bram, '/api/v1/statuses', { status, visibility })).body
    await write('private', 'for followers')
    await write('direct', 'to nobody')
    await write('direct', `@ines@${here.ctx.config.domain} to you`)
    await settled()
    const theirPosts = (await home(here, ines)).filter(
      (one: { account: { id: string } }) => one.account.id === bramHere.id,
    )
    const seen = theirPosts.map((one: { content: string; visibility: string }) => [one.content, one.visibility])
    expect(seen.map(([, visibility]: string[]) => visibility).toSorted()).toEqual(['direct', 'private'])
    const theirs = await get(here, stranger, `/api/v1/accounts/${bramHere.id}/statuses`)
    expect(theirs.body).toEqual([])
    expect((await here.call('GET', `/api/v1/accounts/${bramHere.id}/statuses`)).body).toEqual([])
  })

  test('a locked account is asked, and answers', async () => {
    await there.call('PATCH', '/api/v1/accounts/update_credentials', { token: bram.token, json: { locked: true } })
    const carla = await here.person('carla')
    await settled()
    expect((await here.call('GET', `/api/v1/accounts/${bramHere.id}`)).body.locked).toBe(true)
    await post(here, carla, `/api/v1/accounts/${bramHere.id}/follow`)
    await settled()
    const [waiting] = (await get(there, bram, '/api/v1/follow_requests')).body
    expect(waiting.acct).toBe(`carla@${here.ctx.config.domain}`)
    expect(await relation(here, carla, bramHere.id)).toMatchObject({ following: false, requested: true })
    await post(there, bram, `/api/v1/follow_requests/${waiting.id}/authorize`)
    await settled()
    expect(await relation(here, carla, bramHere.id)).toMatchObject({ following: true })
    await post(there, bram, `/api/v1/accounts/${waiting.id}/remove_from_followers`)
    await settled()
    expect(await relation(here, carla, bramHere.id)).toMatchObject({ following: false, requested: false })
  })

  test('a block ends what was between two people, and shows neither to the other', async () => {
    const inesThere = (await find(there, bram, `@ines@${here.ctx.config.domain}`)).accounts[0]
    await post(there, bram, `/api/v1/accounts/${inesThere.id}/block`)
    await settled()
    expect(await relation(here, ines, bramHere.id)).toMatchObject({ following: false, blocked_by: true })
    await post(there, bram, `/api/v1/accounts/${inesThere.id}/unblock`)
    await settled()
    expect(await relation(here, ines, bramHere.id)).toMatchObject({ blocked_by: false })
  })

  test('a domain that is shut out says nothing more, and hears nothing', async () => {
    await post(here, ines, `/api/v1/accounts/${bramHere.id}/follow`)
    await settled()
    const row = { id: '1', host: there.ctx.config.domain, severity: 'suspend', created_at: new Date().toISOString() }
    await here.ctx.db.insertInto('domain_policies').values(row).execute()
    const counts = async () => ({
      statuses: (await here.ctx.db.selectFrom('statuses').select('id').execute()).length,
      inbound: (await here.ctx.db.selectFrom('inbound_activities').select('id').execute()).length,
    })
    const before = await counts()
    await post(there, bram, '/api/v1/statuses', { status: `@ines@${here.ctx.config.domain} do you hear me?` })
    await post(here, ines, '/api/v1/statuses', { status: `@${bramHere.acct} not any more` })
    await settled()
    expect({ ...(await counts()), statuses: (await counts()).statuses - 1 }).toEqual(before)
    const refused = await there.ctx.db
      .selectFrom('deliveries')
      .select(['state', 'last_error'])
      .orderBy('id', 'desc')
      .executeTakeFirst()
    expect(refused).toMatchObject({ state: 'refused', last_error: 'The server answered 403' })
  })
})
