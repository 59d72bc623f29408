import { Account } from '@hamlet/contract/account'
import { OwnSession, WebSettings } from '@hamlet/contract/account-settings'
import { Type } from 'typebox'
import { presentAccounts } from '#features/profiles'
import { transact, type Context } from '#platform/context'
import { leaver, route, type UserViewer } from '#platform/http'
import { askForEmail } from '../change-email.ts'
import { findLiving } from '../browser-accounts.ts'
import { changePassword } from '../change-password.ts'
import { requireProof } from '../entering/sudo.ts'
import { endOtherSessions, endOwnSession, listOwnSessions, requireOwnPage } from '../own-sessions.ts'
import { readFactors } from '../second-factor/factors.ts'
import { findUser } from '../store.ts'
import { changeWebSettings, readWebSettings } from '../web-settings.ts'

const sessionRoutes = [
  route({
    method: 'GET',
    path: '/api/hamlet/v1/sessions/accounts',
    summary: 'List the accounts that this browser is signed in with; for our own pages',
    access: leaver('read'),
    response: Type.Array(Account),
    handle: async ({ ctx, viewer, jar }) => {
      requireOwnPage(viewer)
      const ids = (await findLiving(ctx, jar)).map(({ accountId }) => accountId)
      const accounts = await presentAccounts(ctx, ids)
      // The order is always the same, whichever is in use: keys choose by it.
      return [...accounts.values()].toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    },
  }),
  route({
    method: 'GET',
    path: '/api/hamlet/v1/sessions',
    summary: 'List the browsers that you are signed in with; for our own pages',
    access: leaver('read'),
    response: Type.Array(OwnSession),
    handle: async ({ ctx, viewer }) => listOwnSessions(ctx, viewer.userId, requireOwnPage(viewer)),
  }),
  route({
    method: 'DELETE',
    path: '/api/hamlet/v1/sessions',
    summary: 'Sign all your other browsers out; for our own pages',
    access: leaver('write'),
    response: Type.Object({}),
    handle: async ({ ctx, viewer }) => {
      await transact(ctx, (tx) => endOtherSessions(tx, viewer.userId, requireOwnPage(viewer)))
      return {}
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/hamlet/v1/sessions/:id',
    summary: 'Sign a browser of yours out; for our own pages',
    access: leaver('write'),
    params: Type.Object({ id: Type.String() }),
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, async (tx) => {
        await endOwnSession(tx, viewer.userId, params.id)
        // After what is not there was said to be so; the refusal takes the ending back.
        requireOwnPage(viewer)
      })
      return {}
    },
  }),
]

/** What somebody gave as their password; null for whoever has none and has just proved otherwise that it is them. */
async function readOldPassword(ctx: Context, viewer: UserViewer, given: string | undefined): Promise<string | null> {
  if ((await readFactors(ctx, viewer.userId)).hasPassword) return given ?? ''
  await requireProof(ctx, viewer)
  return null
}

const secretRoutes = [
  route({
    method: 'GET',
    path: '/api/hamlet/v1/email',
    summary: 'Show the address that your mail goes to; for our own pages',
    access: leaver('read'),
    response: Type.Object({ email: Type.String(), new_email: Type.Union([Type.String(), Type.Null()]) }),
    handle: async ({ ctx, viewer }) => {
      requireOwnPage(viewer)
      const person = await findUser(ctx, viewer.userId)
      return { email: person?.email ?? '', new_email: person?.new_email ?? null }
    },
  }),
  route({
    method: 'POST',
    path: '/api/hamlet/v1/email',
    summary: 'Ask for another address for your mail; for our own pages',
    access: leaver('write'),
    body: Type.Object({ current_password: Type.Optional(Type.String()), email: Type.String() }),
    response: Type.Object({}),
    handle: async ({ ctx, viewer, body, ip }) => {
      requireOwnPage(viewer)
      const password = await readOldPassword(ctx, viewer, body.current_password)
      await askForEmail(ctx, { userId: viewer.userId, password, email: body.email, ip })
      return {}
    },
  }),
  route({
    method: 'POST',
    path: '/api/hamlet/v1/password',
    summary: 'Change your password; for our own pages',
    access: leaver('write'),
    body: Type.Object({ current_password: Type.Optional(Type.String()), new_password: Type.String() }),
    response: Type.Object({}),
    handle: async ({ ctx, viewer, body }) => {
      const sessionId = requireOwnPage(viewer)
      const old = await readOldPassword(ctx, viewer, body.current_password)
      await changePassword(ctx, { userId: viewer.userId, sessionId, old, wanted: body.new_password })
      return {}
    },
  }),
]

const settingRoutes = [
  route({
    method: 'GET',
    path: '/api/hamlet/v1/settings',
    summary: 'Show how the web app looks and reads for you',
    access: leaver('read:accounts'),
    response: WebSettings,
    handle: ({ ctx, viewer }) => readWebSettings(ctx, viewer.userId),
  }),
  route({
    method: 'PATCH',
    path: '/api/hamlet/v1/settings',
    summary: 'Change how the web app looks and reads for you',
    access: leaver('write:accounts'),
    body: WebSettings,
    response: WebSettings,
    handle: ({ ctx, viewer, body }) => transact(ctx, (tx) => changeWebSettings(tx, viewer.userId, body)),
  }),
]

export const ownRoutes = [...sessionRoutes, ...secretRoutes, ...settingRoutes]
