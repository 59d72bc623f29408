import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireRoleId, type RoleName } from '#features/roles'
import type { Browser } from '#test/browser'
import { addPasskey, atHome, knock, setUpTotp, whoAmI } from '#test/factors'
import { keyOf, linksOf, readMails } from '#test/mail'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let admin: Person
let who: Person
let browser: Browser
let serial = 0
const hold = (one: Person, name: RoleName) =>
  town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId(name) })
    .where('id', '=', one.userId)
    .execute()
beforeAll(async () => {
  town = await startTown()
  admin = await town.person('admin_one', 'admin:read admin:write')
  await hold(admin, 'admin')
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => {
  serial += 1
  who = await town.person(`dulse_${serial}`)
  browser = await atHome(town, who)
})

const help = (verb: string, target = who, json: object = {}, by = admin) =>
  town.call('POST', `/api/web/admin/accounts/${target.accountId}/${verb}`, { token: by.token, json })
const verbs: [string, object][] = [
  ['second_factor/reset', {}],
  ['password/reset', {}],
  ['email/confirm', {}],
  ['email', { email: 'new@example.net' }],
]
const audits = async () =>
  (await town.ctx.db.selectFrom('audit_log').select('action').where('target_id', '=', who.accountId).execute()).map(
    ({ action }) => action,
  )
const email = () => `${who.username}@example.org`

describe('the team helps somebody in', () => {
  test('who lost phone and codes: the password is enough again, and they are told', async () => {
    await setUpTotp(town, browser)
    await addPasskey(town, browser)
    expect((await help('second_factor/reset')).status).toBe(200)
    expect((await whoAmI(browser)).status).toBe(401)
    expect((await knock(town, who)).page.status).toBe(303)
    await town.settled()
    expect(readMails(town, email()).at(-1)?.text).toContain('has taken away your second factors')
    expect(
      await town.ctx.db.selectFrom('recovery_codes').select('user_id').where('user_id', '=', who.userId).execute(),
    ).toEqual([])
    expect(await audits()).toEqual(['user.reset-second-factor'])
  })

  test('AU-09: a password that the team ends signs everything out; the link that is sent chooses another', async () => {
    expect((await help('password/reset')).status).toBe(200)
    await town.settled()
    expect((await whoAmI(browser)).status).toBe(401)
    expect((await town.call('GET', '/api/v1/timelines/home', { token: who.token })).status).toBe(401)
    expect((await knock(town, who)).page.status).toBe(422)
    const key = keyOf(linksOf(town, email())[0])
    expect((await browser.post('/password/new', { key, password: 'a newer horse' })).status).toBe(200)
    expect((await knock(town, who, 'a newer horse')).page.status).toBe(303)
    expect(await audits()).toEqual(['user.reset-password'])
  })

  test('an address is confirmed once', async () => {
    await town.ctx.db.updateTable('users').set({ confirmed_at: null }).where('id', '=', who.userId).execute()
    expect((await help('email/confirm')).status).toBe(200)
    expect((await help('email/confirm')).status).toBe(422)
    expect((await knock(town, who)).page.status).toBe(303)
    expect(await audits()).toEqual(['user.confirm-email'])
  })

  test('another address counts when it is confirmed, and both are written to', async () => {
    const wanted = `dulse_${serial}@example.net`
    expect((await help('email', who, { email: wanted })).status).toBe(200)
    await town.settled()
    expect(readMails(town, email())).toHaveLength(1)
    const key = keyOf(linksOf(town, wanted)[0])
    expect((await browser.post('/confirm', { key })).status).toBe(200)
    const row = await town.ctx.db.selectFrom('users').select('email').where('id', '=', who.userId).executeTakeFirst()
    expect(row?.email).toBe(wanted)
    for (const bad of ['nonsense', 'admin_one@example.org', 'a@b@c.d', 'x'.repeat(300)])
      expect((await help('email', who, { email: bad })).status).toBe(422)
    expect(await audits()).toEqual(['user.change-email'])
  })
})

describe('nobody acts on a role that is not lower', () => {
  test.each(verbs)('%s', async (verb, json) => {
    const peer = await town.person(`peer_${serial}`, 'admin:read admin:write')
    for (const name of ['admin', 'owner'] as const) {
      await hold(peer, name)
      const refused = await help(verb, peer, json)
      expect(refused.body).toMatchObject({ error: 'Only somebody of a higher role may do this' })
    }
    expect((await help(verb, admin, json)).status).toBe(403)
    expect((await help(verb, who, json, who)).status).toBe(403)
    expect((await atHome(town, peer)).cookies.size).toBeGreaterThan(0)
    expect(await audits()).toEqual([])
  })

  test.each(verbs)('%s of nobody is 404', async (verb, json) => {
    for (const accountId of ['99', 'x', '0']) expect((await help(verb, { ...who, accountId }, json)).status).toBe(404)
  })
})

test('AD-13: who of the team lacks a second factor stands first', async () => {
  const guarded = await town.person(`guarded_${serial}`)
  await hold(guarded, 'moderator')
  await setUpTotp(town, await atHome(town, guarded))
  const answer = await town.call('GET', '/api/web/admin/second_factors', { token: admin.token })
  expect(answer.body[0]).toMatchObject({ second_factor: false, required: false })
  expect(answer.body.at(-1)).toMatchObject({ username: guarded.username, role: 'Moderator', second_factor: true })
  expect(answer.body.some(({ username }: { username: string }) => username === who.username)).toBe(false)
})
