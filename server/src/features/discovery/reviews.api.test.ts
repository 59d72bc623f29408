import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { writeSetting } from '#features/settings'
import { readMails } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { askForReview } from './ask-for-review.ts'
import { score } from './score.ts'

const ADMIN = '/api/v1/admin/trends'
let town: TestTown
let oda: Person
let ines: Person
let bram: Person
let words: number
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1000' } })
  oda = await town.person('oda', 'read write admin:read admin:write')
  ;[ines, bram] = [await town.person('ines'), await town.person('bram')]
  const owner = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(owner).where('id', '=', oda.userId).execute()
  for (const { token } of [ines, bram])
    await town.call('PATCH', '/api/v1/accounts/update_credentials', { token, json: { discoverable: true } })
  words = 0
})
afterAll(() => town[Symbol.asyncDispose]())
// What was said before is talked about no longer.
beforeEach(async () => {
  town.clock.advance(80 * 3_600_000)
  await writeSetting(town.ctx, 'trendable_by_default', 'off')
  await writeSetting(town.ctx, 'trends', 'on')
})

const ask = async (path: string, who: Person | undefined = oda) =>
  (await town.call('GET', path, who ? { token: who.token } : {})).body
const post = (path: string, who: Person = oda, json: Record<string, unknown> = {}) =>
  town.call('POST', path, { token: who.token, json })
const say = async (who: Person, status: string, more: Record<string, unknown> = {}) =>
  (await post('/api/v1/statuses', who, { status, ...more })).body
const count = () => score.run(town.ctx, {})
const shown = async (kind: string) => (await town.call('GET', `/api/v1/trends/${kind}`)).body
const acts = async () =>
  (
    await sql<{ action: string; target_label: string }>`select action, target_label from audit_log order by id`.execute(
      town.ctx.db,
    )
  ).rows.map((row) => `${row.action} ${row.target_label}`)

async function trendTag(): Promise<{ id: string; name: string }> {
  const name = `tide${(words += 1)}`
  for (const who of [ines, bram]) await say(who, `look, #${name}`)
  await count()
  const found = await ask(`${ADMIN}/tags`)
  return found.find((one: { name: string }) => one.name === name)
}

async function trendPost(more: Record<string, unknown> = {}): Promise<string> {
  const { id } = await say(ines, `words ${(words += 1)}`, more)
  for (const who of [bram, oda]) await post(`/api/v1/statuses/${id}/favourite`, who)
  await count()
  return id
}

async function trendLink(host = 'paper.example'): Promise<{ id: number; url: string }> {
  const url = `https://${host}/${(words += 1)}`
  for (const who of [ines, bram]) await say(who, url)
  await town.settled()
  await sql`update link_cards set title = 'Light, rationed' where link = ${url}`.execute(town.ctx.db)
  await count()
  const found = await ask(`${ADMIN}/links`)
  return found.find((one: { url: string }) => one.url === url)
}

describe('what waits for the team', () => {
  test('a hashtag is shown once it is approved, and no longer once it is rejected; twice is once', async () => {
    const tag = await trendTag()
    expect(tag).toMatchObject({ trendable: false, requires_review: true, usable: true, listable: true })
    expect(await shown('tags')).toEqual([])
    for (let press = 0; press < 2; press += 1)
      expect((await post(`${ADMIN}/tags/${tag.id}/approve`)).body).toMatchObject({
        trendable: true,
        requires_review: false,
      })
    expect(await shown('tags')).toMatchObject([{ name: tag.name }])
    expect((await acts()).filter((act) => act === `tag.update #${tag.name}`)).toHaveLength(1)
    await writeSetting(town.ctx, 'trendable_by_default', 'on')
    await post(`${ADMIN}/tags/${tag.id}/reject`)
    expect(await shown('tags')).toEqual([])
  })

  test('a post likewise; one that nobody decided about follows the setting', async () => {
    const id = await trendPost()
    expect(await ask(`${ADMIN}/statuses`)).toMatchObject([{ id, requires_review: true, trendable: false }])
    expect(await shown('statuses')).toEqual([])
    await writeSetting(town.ctx, 'trendable_by_default', 'on')
    expect(await shown('statuses')).toMatchObject([{ id }])
    const rejected = await post(`${ADMIN}/statuses/${id}/reject`)
    expect(rejected.body).toMatchObject({ id, requires_review: false, trendable: false })
    await post(`${ADMIN}/statuses/${id}/reject`)
    expect(await shown('statuses')).toEqual([])
    expect((await acts()).filter((act) => act === 'trend.reject @ines')).toHaveLength(1)
    expect((await post(`${ADMIN}/statuses/${id}/approve`)).body).toMatchObject({ id, trendable: true })
    expect(await shown('statuses')).toMatchObject([{ id }])
    await writeSetting(town.ctx, 'trends', 'off')
    for (const kind of ['statuses', 'tags', 'links']) expect(await shown(kind)).toEqual([])
    expect(await ask(`${ADMIN}/statuses`)).toMatchObject([{ id }])
  })

  test('a post follows its author until somebody decides about it alone', async () => {
    const id = await trendPost()
    const author = (verdict: string, who = oda) =>
      post(`/api/web/admin/trends/authors/${ines.accountId}/${verdict}`, who)
    for (let press = 0; press < 2; press += 1) expect(await author('approve')).toMatchObject({ status: 200, body: {} })
    expect(await ask(`${ADMIN}/statuses`)).toMatchObject([{ id, requires_review: false, trendable: true }])
    expect(await shown('statuses')).toMatchObject([{ id }])
    await post(`${ADMIN}/statuses/${id}/reject`)
    expect(await shown('statuses')).toEqual([])
    await author('reject')
    const later = await trendPost()
    expect((await ask(`${ADMIN}/statuses?status=rejected`)).map((one: { id: string }) => one.id)).toContain(later)
    expect((await acts()).filter((act) => act === 'trend.approve ines')).toHaveLength(1)
    expect((await author('approve', ines)).status).toBe(403)
    expect((await post('/api/web/admin/trends/authors/404/approve')).status).toBe(404)
    await sql`delete from trend_reviews where kind = 'author'`.execute(town.ctx.db)
  })

  test('a link follows its publisher until somebody decides about it alone', async () => {
    const link = await trendLink()
    expect(link).toMatchObject({ id: expect.any(Number), requires_review: true, trendable: false })
    const [publisher] = await ask(`${ADMIN}/links/publishers`)
    expect(publisher).toMatchObject({ id: expect.any(Number), domain: 'paper.example', requires_review: true })
    expect(publisher.trendable).toBeNull()
    const decided = await post(`${ADMIN}/links/publishers/${publisher.id}/approve`)
    expect(decided.body).toMatchObject({ trendable: true, reviewed_at: expect.any(String), requires_review: false })
    await post(`${ADMIN}/links/publishers/${publisher.id}/approve`)
    expect(await shown('links')).toMatchObject([{ url: link.url }])
    expect((await post(`${ADMIN}/links/${link.id}/reject`)).body).toMatchObject({ id: link.id, trendable: false })
    expect(await shown('links')).toEqual([])
    await post(`${ADMIN}/links/${link.id}/approve`)
    await post(`${ADMIN}/links/publishers/${publisher.id}/reject`)
    expect(await shown('links')).toMatchObject([{ url: link.url }])
    expect((await acts()).filter((act) => act.endsWith(' paper.example'))).toEqual([
      'trend.approve paper.example',
      'trend.reject paper.example',
    ])
  })

  test('what waits stands first, lists are narrowed by what was decided, and have pages', async () => {
    const old = await trendPost()
    await post(`${ADMIN}/statuses/${old}/approve`)
    const fresh = (await say(bram, 'newer, liked less')).id
    for (const who of [ines, oda]) await post(`/api/v1/statuses/${fresh}/favourite`, who)
    await post(`/api/v1/statuses/${old}/reblog`, bram)
    await count()
    const ids = async (query = '') => (await ask(`${ADMIN}/statuses${query}`)).map((one: { id: string }) => one.id)
    expect(await ids()).toEqual([fresh, old])
    expect(await ids('?status=pending_review')).toEqual([fresh])
    expect(await ids('?status=approved')).toEqual([old])
    expect(await ids('?status=rejected')).toEqual([])
    const page = await town.call('GET', `${ADMIN}/statuses?limit=1`, { token: oda.token })
    expect(page.headers.get('link')).toContain('offset=1')
    expect((await town.call('GET', `${ADMIN}/statuses?status=odd`, { token: oda.token })).status).toBe(422)
  })

  test('only what everybody may read is there, and can be decided', async () => {
    const id = await trendPost()
    const closed = await trendPost({ visibility: 'private' })
    expect((await ask(`${ADMIN}/statuses`)).map((one: { id: string }) => one.id)).toEqual([id])
    for (const verdict of ['approve', 'reject'])
      expect((await post(`${ADMIN}/statuses/${closed}/${verdict}`)).status).toBe(404)
    await town.call('DELETE', `/api/v1/statuses/${id}`, { token: ines.token })
    expect(await ask(`${ADMIN}/statuses`)).toEqual([])
  })

  test.each(['tags/404', 'statuses/404', 'links/404', 'links/publishers/404', 'links/odd', 'tags/odd'])(
    '%s is not found',
    async (what) => {
      for (const verdict of ['approve', 'reject']) expect((await post(`${ADMIN}/${what}/${verdict}`)).status).toBe(404)
    },
  )

  test('only whose role manages it may look and decide', async () => {
    const tag = await trendTag()
    for (const path of ['tags', 'links', 'statuses', 'links/publishers'])
      expect((await town.call('GET', `${ADMIN}/${path}`, { token: ines.token })).status).toBe(403)
    expect((await post(`${ADMIN}/tags/${tag.id}/approve`, ines)).status).toBe(403)
    expect((await town.call('GET', `${ADMIN}/tags`)).status).toBe(401)
  })

  test('the cost does not grow with what is there', async () => {
    await trendTag()
    await trendTag()
    await trendLink()
    await trendLink('sheet.example')
    await trendPost()
    await trendPost()
    for (const kind of ['tags', 'links', 'statuses']) {
      const few = await town.countStatements(() => ask(`${ADMIN}/${kind}?limit=1`))
      expect(await town.countStatements(() => ask(`${ADMIN}/${kind}`)), kind).toBe(few)
    }
  })

  test('the team is asked once about each, by mail', async () => {
    const tag = await trendTag()
    const id = await trendPost()
    const before = readMails(town, 'oda@example.org').length
    for (let run = 0; run < 2; run += 1) {
      await askForReview.run(town.ctx, {})
      await town.settled()
    }
    const mails = readMails(town, 'oda@example.org').slice(before)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain(`#${tag.name}`)
    expect(mails[0]?.text).toContain(id)
    expect(mails[0]?.text).toContain('/admin/trends')
    expect(readMails(town, 'ines@example.org').some((mail) => mail.text.includes('/admin/trends'))).toBe(false)
    const kept = await sql<{ at: string }>`select requested_review_at as at from tags where id = ${tag.id}`.execute(
      town.ctx.db,
    )
    expect(kept.rows[0]?.at).not.toBeNull()
  })
})
