import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bitsOf, requireRoleId, type Permission } from '#features/roles'
import { writeSetting } from '#features/settings'
import { openBrowser } from '#test/browser'
import { keyOf, linksOf } from '#test/mail'
import { filledIn } from '#test/sign-up'
import { startTown, type Answer, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const OWN = '/api/hamlet/v1/invites'
const ALL = '/api/web/admin/invites'

let town: TestTown
let oda: Person
let ines: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines')
  await town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId('owner') })
    .where('id', '=', oda.userId)
    .execute()
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => {
  await writeSetting(town.ctx, 'registrations', 'closed')
  await everybodyMay('invite_users')
})

const everybodyMay = (...names: Permission[]) =>
  town.ctx.db
    .updateTable('roles')
    .set({ permissions: bitsOf(names) })
    .where('id', '=', requireRoleId('user'))
    .execute()
const call = (who: Person, method: string, path: string, json?: unknown): Promise<Answer> =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const invite = async (wish: Record<string, unknown> = {}, who = ines) => (await call(who, 'POST', OWN, wish)).body
const listed = async (who = ines) => (await call(who, 'GET', OWN)).body

let serial = 0
const fresh = () => {
  serial += 1
  const username = `guest_${String.fromCharCode(97 + Math.floor(serial / 26))}${String.fromCharCode(97 + (serial % 26))}`
  return { username, email: `${username}@example.net`, password: 'battery staple', agreement: '1' }
}
async function come(code: string, more: Record<string, string> = {}) {
  const fields = { ...fresh(), invite_code: code, ...more }
  const answer = await openBrowser(town.url).post('/sign-up', filledIn(town, fields))
  return { ...fields, status: answer.status, text: answer.text }
}
const rowOf = (username: string) =>
  town.ctx.db
    .selectFrom('users')
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .innerJoin('accounts', 'accounts.id', 'user_accounts.account_id')
    .select(['users.id', 'users.approved_at', 'users.invite_id', 'accounts.id as account_id'])
    .where('accounts.username', '=', username)
    .executeTakeFirst()

describe('an invitation', () => {
  test('opens a closed door, to as many as it is for, on a page that says who invites', async () => {
    const made = await invite({ max_uses: 1, expires_in: 86_400, comment: 'For Mara' })
    expect(made).toMatchObject({
      max_uses: 1,
      uses: 0,
      autofollow: false,
      comment: 'For Mara',
      active: true,
      username: 'ines',
    })
    expect(made.code).toMatch(/^[A-Za-z2-9]{8}$/)
    expect(made.url).toBe(`${town.ctx.config.url}/invite/${made.code}`)
    const page = await openBrowser(town.url).get(`/invite/${made.code}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('@ines')
    expect(page.text).toContain(`name="invite_code" value="${made.code}"`)
    expect((await openBrowser(town.url).get('/sign-up')).status).toBe(403)
    const guest = await come(made.code)
    expect(guest.status).toBe(200)
    expect(await rowOf(guest.username)).toMatchObject({ approved_at: expect.any(String), invite_id: made.id })
    const late = await come(made.code)
    expect(late.status).toBe(403)
    expect(late.text).toContain('This invitation is over')
    expect((await openBrowser(town.url).get(`/invite/${made.code}`)).status).toBe(403)
    expect((await listed())[0]).toMatchObject({ id: made.id, uses: 1, active: false })
  })

  test('of many who come with the last one at once, one gets in', async () => {
    const { code, id } = await invite({ max_uses: 1 })
    const guests = await Promise.all(Array.from({ length: 10 }, () => come(code)))
    expect(guests.filter((guest) => guest.status === 200)).toHaveLength(1)
    const inside = await town.ctx.db.selectFrom('users').select('id').where('invite_id', '=', id).execute()
    expect(inside).toHaveLength(1)
    expect((await listed()).find((one: { id: string }) => one.id === id)).toMatchObject({ uses: 1 })
  })

  test('AD-10: a hundred at once fill what is left and no more; by whom the team suspended nobody comes in', async () => {
    const [{ code, id }, other] = [await invite({ max_uses: 5 }), await invite()]
    const guests = await Promise.all(Array.from({ length: 100 }, () => come(code)))
    expect(guests.filter((guest) => guest.status === 200)).toHaveLength(5)
    expect(guests.every((guest) => guest.status < 500 || guest.status === 503)).toBe(true)
    const inside = await town.ctx.db.selectFrom('users').select('id').where('invite_id', '=', id).execute()
    expect(inside).toHaveLength(5)
    const suspend = (suspended_at: string | null) =>
      town.ctx.db.updateTable('accounts').set({ suspended_at }).where('id', '=', ines.accountId).execute()
    await suspend(town.clock.now().toISOString())
    expect((await come(other.code)).status).toBe(403)
    await suspend(null)
    expect((await come(other.code)).status).toBe(200)
  })

  test('is used up by nobody who did not get in', async () => {
    const { code } = await invite({ max_uses: 1 })
    expect((await come(code, { password: 'short' })).status).toBe(422)
    expect((await come(code, { email: 'ines@example.org' })).status).toBe(200)
    expect((await come(code)).status).toBe(200)
  })

  test('ends by the clock, by whoever made it, and with their right to invite', async () => {
    const short = await invite({ expires_in: 1800 })
    const ended = await invite()
    const lost = await invite()
    expect((await call(ines, 'DELETE', `${OWN}/${ended.id}`)).body).toMatchObject({ active: false })
    expect((await call(ines, 'DELETE', `${OWN}/${ended.id}`)).status).toBe(200)
    expect((await come(ended.code)).status).toBe(403)
    town.clock.advance(1_801_000)
    expect((await come(short.code)).status).toBe(403)
    await everybodyMay()
    expect((await come(lost.code)).status).toBe(403)
    expect(await call(ines, 'POST', OWN, {})).toMatchObject({
      status: 403,
      body: { error: 'This action is not allowed' },
    })
    await everybodyMay('invite_users')
    await town.ctx.db
      .updateTable('users')
      .set({ disabled_at: town.clock.now().toISOString() })
      .where('id', '=', ines.userId)
      .execute()
    expect((await come(lost.code)).status).toBe(403)
    await town.ctx.db.updateTable('users').set({ disabled_at: null }).where('id', '=', ines.userId).execute()
    expect((await come(lost.code)).status).toBe(200)
  })

  test('spares nobody a moderator, unless the role of who invites does', async () => {
    await writeSetting(town.ctx, 'registrations', 'approval')
    const { code } = await invite()
    expect((await come(code)).status).toBe(422)
    const asked = await come(code, { reason: 'Ines told me.' })
    expect((await rowOf(asked.username))?.approved_at).toBeNull()
    await everybodyMay('invite_users', 'invite_bypass_approval')
    expect((await openBrowser(town.url).get(`/invite/${code}`)).text).not.toContain('name="reason"')
    const vouched = await come(code)
    expect((await rowOf(vouched.username))?.approved_at).not.toBeNull()
    const disposable = await come(code, { email: 'x@mailinator.com' })
    expect((await rowOf(disposable.username))?.approved_at).toBeNull()
  })

  test('lets who comes by it follow who made it, once they are in, and in no other case', async () => {
    const follows = (from: string) =>
      town.ctx.db
        .selectFrom('follows')
        .select('id')
        .where('account_id', '=', from)
        .where('target_account_id', '=', ines.accountId)
        .execute()
    const enter = async (wish: Record<string, unknown>) => {
      const guest = await come((await invite(wish)).code)
      const { account_id: id } = (await rowOf(guest.username)) ?? { account_id: '' }
      await town.settled()
      expect(await follows(id)).toEqual([])
      await openBrowser(town.url).post('/confirm', { key: keyOf(linksOf(town, guest.email)[0]) })
      await town.settled()
      return id
    }
    expect(await follows(await enter({ autofollow: true }))).toHaveLength(1)
    expect(await follows(await enter({ autofollow: false }))).toEqual([])
    await writeSetting(town.ctx, 'registrations', 'approval')
    const asked = await come((await invite({ autofollow: true })).code, { reason: 'Ines.' })
    await town.settled()
    await openBrowser(town.url).post('/confirm', { key: keyOf(linksOf(town, asked.email)[0]) })
    await town.settled()
    const { account_id: id = '' } = (await rowOf(asked.username)) ?? {}
    expect(await follows(id)).toEqual([])
    await call(oda, 'POST', `/api/v1/admin/accounts/${id}/approve`)
    await town.settled()
    expect(await follows(id)).toHaveLength(1)
  })

  test('is answered to an app in the same way', async () => {
    const app = { client_name: 'x', redirect_uris: 'app://done', scopes: 'read write' }
    const { client_id, client_secret } = (await town.call('POST', '/api/v1/apps', { json: app })).body
    const asked = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read write' }
    const token = (await town.call('POST', '/oauth/token', { json: asked })).body.access_token
    const json = { ...fresh(), agreement: true, invite_code: (await invite({ max_uses: 1 })).code }
    expect((await town.call('POST', '/api/v1/accounts', { token, json })).status).toBe(200)
    expect(
      (
        await town.call('POST', '/api/v1/accounts', {
          token,
          json: { ...fresh(), agreement: true, invite_code: json.invite_code },
        })
      ).status,
    ).toBe(403)
  })

  test.each([
    [{ max_uses: 3 }, 'Uses must be one of'],
    [{ max_uses: 0 }, 'Uses must be one of'],
    [{ expires_in: 60 }, 'Expires in must be one of'],
    [{ comment: 'x'.repeat(421) }, '420 characters'],
  ])('does not take %o', async (wish, words) => {
    const answer = await call(ines, 'POST', OWN, wish)
    expect(answer.status).toBe(422)
    expect(answer.body.error).toContain(words)
  })
})

describe('the lists', () => {
  test('of one’s own hold nobody else’s, at a fixed cost; nobody ends another’s', async () => {
    const other = await town.person('other')
    const made = await invite({ comment: 'mine' }, other)
    const cost = () => town.countStatements(() => call(other, 'GET', OWN))
    const one = await cost()
    for (let at = 0; at < 4; at += 1) await invite({}, other)
    expect(await cost()).toBe(one)
    expect(await listed(other)).toHaveLength(5)
    expect((await call(ines, 'DELETE', `${OWN}/${made.id}`)).status).toBe(404)
    const page = await call(other, 'GET', `${OWN}?limit=2`)
    expect(page.body).toHaveLength(2)
    expect(page.headers.get('link')).toContain('max_id=')
  })

  test('of the team hold all that are open; one or all are ended, and the log says so', async () => {
    const [one] = [await invite(), await invite()]
    const open = async () => (await call(oda, 'GET', `${ALL}?limit=80`)).body
    const before = await open()
    expect(before.every((row: { active: boolean }) => row.active)).toBe(true)
    expect((await call(oda, 'DELETE', `${ALL}/${one.id}`)).body).toMatchObject({ id: one.id, active: false })
    expect(await open()).toHaveLength(before.length - 1)
    expect((await call(oda, 'DELETE', ALL)).body).toEqual({ ended: before.length - 1 })
    expect((await call(oda, 'DELETE', ALL)).body).toEqual({ ended: 0 })
    expect(await open()).toEqual([])
    const acts = await town.ctx.db
      .selectFrom('audit_log')
      .select('action')
      .where('action', 'like', 'invite.%')
      .orderBy('id')
      .execute()
    expect(acts.map((act) => act.action)).toEqual(['invite.end', 'invite.end-all'])
    expect((await call(ines, 'GET', ALL)).status).toBe(403)
  })

  test('who was invited by somebody is found by the team', async () => {
    const guest = await come((await invite()).code)
    const row = await rowOf(guest.username)
    for (const by of [ines.userId, ines.accountId]) {
      const found = (await call(oda, 'GET', `/api/v2/admin/accounts?invited_by=${by}&limit=200`)).body
      expect(found.map((one: { username: string }) => one.username)).toContain(guest.username)
      expect(
        found.every((one: { invited_by_account_id: string }) => one.invited_by_account_id === ines.accountId),
      ).toBe(true)
    }
    expect((await call(oda, 'GET', `/api/v2/admin/accounts?invited_by=${oda.userId}`)).body).toEqual([])
    expect((await call(oda, 'GET', '/api/v2/admin/accounts?invited_by=x')).status).toBe(400)
    expect((await call(oda, 'GET', `/api/v1/admin/accounts/${row?.account_id}`)).body).toMatchObject({
      ip: '127.0.0.1',
    })
  })
})
