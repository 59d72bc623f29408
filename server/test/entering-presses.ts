import { codeAt } from '#platform/one-time-codes'
import { requireRoleId } from '#features/roles'
import { makeAuthenticator } from './authenticator.ts'
import { addPasskey, askAnybody, atHome, knock, nextCode, setUpTotp } from './factors.ts'
import type { Browser } from './browser.ts'
import { all, first, type MakePress, type Press } from './press.ts'
import type { TestTown } from './test-town.ts'

const SECURITY = '/api/hamlet/v1/security'

/** As the pages of a browser that is signed in. */
function here(town: TestTown, browser: Browser) {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return { origin: town.ctx.config.url, cookie }
}

function form(town: TestTown, path: string, fields: Record<string, string>, gives: Press['gives']): Press {
  const headers = { origin: town.ctx.config.url }
  return { path, caller: { form: new URLSearchParams(fields).toString(), headers }, gives }
}

/** Second factors: the forms of signing in, and what our own pages ask for. */
export function enteringPresses(): Record<string, MakePress> {
  const calling = (path: string, json: object, gives: Press['gives'], prepare?: typeof setUpTotp) => {
    const make: MakePress = async ({ town, fresh }) => {
      const browser = await atHome(town, await fresh())
      await prepare?.(town, browser)
      return { path, caller: { headers: here(town, browser), json }, gives }
    }
    return make
  }
  return {
    'POST /unsubscribe': async ({ town, fresh }) => {
      const key = town.ctx.seal.seal(`${(await fresh()).userId} reportsWait`, 'letters-off')
      return form(town, '/unsubscribe', { key }, all(200))
    },
    'PATCH /api/web/team_letters': calling('/api/web/team_letters', { reportsWait: false }, all(200)),
    'POST /access/confirmation': async ({ town, fresh }) => {
      const who = await fresh()
      const headers = here(town, await atHome(town, who))
      await town.ctx.db.updateTable('users').set({ confirmed_at: null }).where('id', '=', who.userId).execute()
      const press = form(town, '/access/confirmation', { email: 'no address' }, all(422))
      return { ...press, caller: { ...press.caller, headers } }
    },
    'POST /sign-in/second': async ({ town, fresh }) => {
      const who = await fresh()
      const { secret } = await setUpTotp(town, await atHome(town, who))
      const { key } = await knock(town, who)
      return form(town, '/sign-in/second', { key, code: nextCode(town, secret) }, first(303, 422))
    },
    'POST /sign-in/set-up': async ({ town, fresh }) => {
      const who = await fresh()
      const role_id = requireRoleId('moderator')
      await town.ctx.db.updateTable('roles').set({ require_2fa: true }).where('id', '=', role_id).execute()
      await town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', who.userId).execute()
      const { key, page } = await knock(town, who)
      await town.ctx.db.updateTable('roles').set({ require_2fa: false }).where('id', '=', role_id).execute()
      const secret = /<code>([A-Z2-7]{32})<\/code>/.exec(page.text)?.[1] ?? ''
      const code = codeAt(secret, town.clock.now())
      return form(town, '/sign-in/set-up', { key, code }, first(200, 422))
    },
    // Not by the password: twenty hashes take their turn.
    [`POST ${SECURITY}/proof`]: async ({ town, fresh }) => {
      const browser = await atHome(town, await fresh())
      const { secret } = await setUpTotp(town, browser)
      const caller = { headers: here(town, browser), json: { code: nextCode(town, secret) } }
      return { path: `${SECURITY}/proof`, caller, gives: first(200, 422) }
    },
    [`POST ${SECURITY}/totp`]: calling(`${SECURITY}/totp`, {}, all(200)),
    [`POST ${SECURITY}/totp/confirm`]: async ({ town, fresh }) => {
      const browser = await atHome(town, await fresh())
      const { secret } = (await browser.api('POST', `${SECURITY}/totp`, {})).body
      const caller = { headers: here(town, browser), json: { code: codeAt(secret, town.clock.now()) } }
      return { path: `${SECURITY}/totp/confirm`, caller, gives: first(200, 422) }
    },
    // A server without another service has none to join by.
    'POST /sign-in/openid/join': async ({ town }) => form(town, '/sign-in/openid/join', {}, all(404)),
    ...passkeyPresses(),
    ...helpPresses(),
    [`DELETE ${SECURITY}/totp`]: calling(`${SECURITY}/totp`, {}, all(200), setUpTotp),
    [`POST ${SECURITY}/recovery_codes`]: calling(`${SECURITY}/recovery_codes`, {}, all(200), setUpTotp),
  }
}

function passkeyPresses(): Record<string, MakePress> {
  const PASSKEYS = `${SECURITY}/passkeys`
  const having = (path: (id: string) => string, gives: Press['gives'], json: object = {}) => {
    const make: MakePress = async ({ town, fresh }) => {
      const browser = await atHome(town, await fresh())
      const { made } = await addPasskey(town, browser)
      return { path: path(made.body.passkey.id), caller: { headers: here(town, browser), json }, gives }
    }
    return make
  }
  return {
    'POST /sign-in/passkey': async ({ town, fresh }) => {
      const browser = await atHome(town, await fresh())
      const { device } = await addPasskey(town, browser)
      const answer = JSON.stringify(device.prove(await askAnybody(browser)))
      return form(town, '/sign-in/passkey', { answer }, first(303, 422))
    },
    'POST /api/hamlet/v1/passkeys/question': having(() => '/api/hamlet/v1/passkeys/question', all(200)),
    [`POST ${PASSKEYS}/question`]: having(() => `${PASSKEYS}/question`, all(200)),
    [`POST ${PASSKEYS}/offer`]: having(() => `${PASSKEYS}/offer`, all(200)),
    [`POST ${PASSKEYS}`]: async ({ town, fresh }) => {
      const browser = await atHome(town, await fresh())
      const options = (await browser.api('POST', `${PASSKEYS}/offer`, {})).body
      const answer = makeAuthenticator(new URL(town.ctx.config.url).origin).create(options)
      return {
        path: PASSKEYS,
        caller: { headers: here(town, browser), json: { name: 'Phone', answer } },
        gives: first(200, 422),
      }
    },
    [`PATCH ${PASSKEYS}/:id`]: having((id) => `${PASSKEYS}/${id}`, all(200), { name: 'Laptop' }),
    [`DELETE ${PASSKEYS}/:id`]: having((id) => `${PASSKEYS}/${id}`, first(200, 404)),
    'DELETE /api/hamlet/v1/password': having(() => '/api/hamlet/v1/password', all(200)),
  }
}

function helpPresses(): Record<string, MakePress> {
  const onSomebody = (verb: string, gives: Press['gives'], prepare: { json?: object; isNew?: true } = {}) => {
    const make: MakePress = async ({ town, owner, fresh }) => {
      const who = await fresh()
      if (prepare.isNew)
        await town.ctx.db.updateTable('users').set({ confirmed_at: null }).where('id', '=', who.userId).execute()
      const path = `/api/web/admin/accounts/${who.accountId}/${verb}`
      return { path, caller: { token: owner.token, json: prepare.json ?? {} }, gives }
    }
    return [`POST /api/web/admin/accounts/:id/${verb}`, make] as const
  }
  return Object.fromEntries([
    onSomebody('second_factor/reset', all(200)),
    onSomebody('password/reset', all(200)),
    onSomebody('email/confirm', first(200, 422), { isNew: true }),
    onSomebody('email', all(200), { json: { email: 'pressed@example.net' } }),
  ])
}
