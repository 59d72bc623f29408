import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { startTown, type Person, type TestTown } from '#test/test-town'

const TAGS = '/api/v1/admin/tags'
let town: TestTown
let oda: Person
let ines: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines')
  const owner = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(owner).where('id', '=', oda.userId).execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const say = (status: string, more: Record<string, unknown> = {}) =>
  town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status, ...more } })
const get = (path: string, who: Person = oda) => town.call('GET', path, { token: who.token })
const put = (id: string, json: Record<string, unknown>, who: Person = oda) =>
  town.call('PUT', `${TAGS}/${id}`, { token: who.token, json })
async function idOf(name: string): Promise<string> {
  await say(`about #${name}`)
  return (await get(`/api/v1/tags/${name}`)).body.id
}
const found = async (text: string) =>
  (await get(`/api/v2/search?q=${text}&type=hashtags`)).body.hashtags.map((tag: { name: string }) => tag.name)

describe('a hashtag, by the team', () => {
  test('is listed, shown, found by how it begins, and as the entity says', async () => {
    const id = await idOf('HarbourLight')
    const [first] = (await get(`${TAGS}?name=harbour`)).body
    expect(first).toMatchObject({ id, name: 'HarbourLight', usable: true, listable: true, trendable: false })
    expect(first).toMatchObject({ requires_review: true, history: expect.any(Array), url: expect.any(String) })
    expect((await get(`${TAGS}/${id}`)).body).toEqual(first)
    expect((await get(`${TAGS}?status=pending_review&limit=1`)).body).toHaveLength(1)
    expect((await get(`${TAGS}/404`)).status).toBe(404)
    expect((await get(`${TAGS}/odd`)).status).toBe(404)
    const few = await town.countStatements(() => get(`${TAGS}?limit=1`))
    await idOf('another')
    expect(await town.countStatements(() => get(TAGS))).toBe(few)
  })

  test('gets other capitals and no other letters; the same twice is written down once', async () => {
    const id = await idOf('seaweed')
    for (let press = 0; press < 2; press += 1)
      expect((await put(id, { display_name: 'SeaWeed' })).body).toMatchObject({
        name: 'SeaWeed',
        requires_review: false,
      })
    expect((await put(id, { display_name: 'kelp' })).status).toBe(422)
    expect((await put(id, { display_name: '' })).status).toBe(422)
    const log = await sql`select 1 from audit_log where action = 'tag.update' and target_id = ${id}`.execute(
      town.ctx.db,
    )
    expect(log.rows).toHaveLength(1)
    const patched = await town.call('PATCH', `${TAGS}/${id}`, { token: oda.token, json: { trendable: true } })
    expect(patched.body).toMatchObject({ name: 'SeaWeed', trendable: true, usable: true })
  })

  test('that is not allowed stands in no new post, and leads to none; what stood before may stay', async () => {
    const { id: postId } = (await say('old #Noise')).body
    const { id } = (await get('/api/v1/tags/noise')).body
    await put(id, { usable: false })
    const refused = await say('again #noise and #other')
    expect(refused.status).toBe(422)
    expect(refused.body.error).toContain('#Noise')
    const edit = (json: Record<string, unknown>) =>
      town.call('PUT', `/api/v1/statuses/${postId}`, { token: ines.token, json })
    expect((await edit({ status: 'old #Noise, put better' })).status).toBe(200)
    const { id: clean } = (await say('clean')).body
    const worse = { token: ines.token, json: { status: 'now with #noise' } }
    expect((await town.call('PUT', `/api/v1/statuses/${clean}`, worse)).status).toBe(422)
    expect((await get('/api/v1/timelines/tag/noise', ines)).body).toEqual([])
    expect(await found('noise')).toEqual([])
    expect((await get(`${TAGS}?barred=true`)).body.map((tag: { id: string }) => tag.id)).toContain(id)
    await put(id, { usable: true })
    expect((await say('again #noise')).status).toBe(200)
    expect((await get('/api/v1/timelines/tag/noise', ines)).body.length).toBeGreaterThan(0)
  })

  test('that is not to be found is found by no search, and used as before', async () => {
    const id = await idOf('driftwood')
    expect(await found('driftw')).toEqual(['driftwood'])
    await put(id, { listable: false })
    expect(await found('driftw')).toEqual([])
    expect((await say('more #driftwood')).status).toBe(200)
    expect((await get('/api/v1/timelines/tag/driftwood', ines)).body).toHaveLength(2)
  })

  test('is decided by nobody whose role does not manage it', async () => {
    const id = await idOf('mine')
    expect((await put(id, { usable: false }, ines)).status).toBe(403)
    expect((await get(TAGS, ines)).status).toBe(403)
  })
})
