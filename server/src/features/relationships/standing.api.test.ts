import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
let oda: Person
beforeAll(async () => {
  town = await startTown()
  ;[ines, bram, oda] = [await town.person('ines'), await town.person('bram'), await town.person('oda')]
})
afterAll(() => town[Symbol.asyncDispose]())

const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
const read = (path: string, who?: Person) => town.call('GET', path, who ? { token: who.token } : {})
const names = (answer: { body: { username: string }[] }) => answer.body.map((account) => account.username)
const standing = async (who: Person, to: Person) =>
  (await read(`/api/v1/accounts/relationships?id[]=${to.accountId}`, who)).body[0]

describe('people on a profile', () => {
  test('are those whom one follows, as long as one does', async () => {
    const path = `accounts/${bram.accountId}`
    expect((await act(ines, `${path}/endorse`)).status).toBe(422)
    await act(ines, `${path}/follow`)
    for (const verb of ['endorse', 'pin']) expect((await act(ines, `${path}/${verb}`)).body.endorsed).toBe(true)
    expect(names(await read('/api/v1/endorsements?limit=0', ines))).toEqual(['bram'])
    expect(names(await read(`/api/v1/accounts/${ines.accountId}/endorsements`))).toEqual(['bram'])
    await act(bram, `accounts/${oda.accountId}/block`)
    expect(names(await read(`/api/v1/accounts/${ines.accountId}/endorsements`, oda))).toEqual([])
    await act(bram, `accounts/${oda.accountId}/unblock`)
    expect((await act(ines, `${path}/unfollow`)).body.endorsed).toBe(false)
    expect(names(await read('/api/v1/endorsements', ines))).toEqual([])
    expect((await act(ines, `${path}/unendorse`)).status).toBe(200)
  })

  test('whom one knows among followers is told, but not of lists that are hidden', async () => {
    await act(ines, `accounts/${bram.accountId}/follow`)
    await act(bram, `accounts/${oda.accountId}/follow`)
    const path = `/api/v1/accounts/familiar_followers?id[]=${oda.accountId}&id[]=${bram.accountId}`
    const found = await read(path, ines)
    expect(found.body.map((one: any) => [one.id, names({ body: one.accounts })])).toEqual([
      [oda.accountId, ['bram']],
      [bram.accountId, []],
    ])
    await town.call('PATCH', '/api/v1/accounts/update_credentials', {
      token: bram.token,
      json: { hide_collections: true },
    })
    expect((await read(path, ines)).body[0].accounts).toEqual([])
  })
})

describe('a server that a person blocks', () => {
  /** Somebody here becomes somebody elsewhere. */
  async function moveAway(who: Person, host: string) {
    const found = await sql<{ id: string }>`select id from domains where host = ${host}`.execute(town.ctx.db)
    await sql`update accounts set domain_id = ${found.rows[0]?.id} where id = ${who.accountId}`.execute(town.ctx.db)
  }

  test('is named, listed, previewed and unblocked; ours and nonsense are refused', async () => {
    for (const domain of ['', 'not a name', town.ctx.config.domain])
      expect((await act(ines, 'domain_blocks', { domain })).status, domain).toBe(422)
    for (const domain of ['far.test', 'FAR.test', 'other.test'])
      expect((await act(ines, 'domain_blocks', { domain })).status).toBe(200)
    expect((await read('/api/v1/domain_blocks', ines)).body).toEqual(['other.test', 'far.test'])
    const gone = await town.call('DELETE', '/api/v1/domain_blocks?domain=other.test', { token: ines.token })
    expect(gone.status).toBe(200)
    expect((await read('/api/v1/domain_blocks', ines)).body).toEqual(['far.test'])
    expect((await read('/api/v1/domain_blocks/preview', ines)).status).toBe(422)
  })

  test('is not heard: follows end both ways, and its posts and mentions stay away', async () => {
    const away = await town.person('away')
    await act(ines, `accounts/${away.accountId}/follow`)
    await act(away, `accounts/${ines.accountId}/follow`)
    await act(away, 'statuses', { status: '@ines hello from afar' })
    await town.settled()
    await act(bram, 'domain_blocks', { domain: 'near.test' })
    await moveAway(away, 'near.test')
    const seen = async () => [
      (await read('/api/v1/timelines/home', ines)).body.length,
      (await read('/api/v1/timelines/public', ines)).body.length,
      (await read('/api/v1/notifications?types[]=mention', ines)).body.length,
    ]
    expect(await seen()).toEqual([1, 1, 1])
    expect((await read('/api/v1/domain_blocks/preview?domain=near.test', ines)).body).toEqual({
      following_count: 1,
      followers_count: 1,
    })
    await act(ines, 'domain_blocks', { domain: 'near.test' })
    expect(await standing(ines, away)).toMatchObject({ domain_blocking: true })
    expect(await seen()).toEqual([0, 0, 0])
    await town.settled()
    expect(await standing(ines, away)).toMatchObject({ following: false, followed_by: false })
    expect((await act(ines, `accounts/${away.accountId}/follow`)).status).toBe(403)
    expect(await standing(oda, away)).toMatchObject({ domain_blocking: false })
  })
})
