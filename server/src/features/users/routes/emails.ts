import { Type } from 'typebox'
import { newcomer, route } from '#platform/http'
import { confirmAgain } from '../confirm-again.ts'
import { findUser } from '../store.ts'

/** Somebody who has signed up with an app waits in it: it asks for them. */
export const emailRoutes = [
  route({
    method: 'POST',
    path: '/api/v1/emails/confirmations',
    summary: 'Send the link anew that confirms an address; for the app that somebody signed up with',
    access: newcomer('write:accounts'),
    body: Type.Object({ email: Type.Optional(Type.String({ maxLength: 300 })) }),
    response: Type.Object({}),
    limit: { family: 'confirmations', max: 25, windowMs: 30 * 60_000 },
    handle: async ({ ctx, viewer, body, ip }) => {
      const { userId, applicationId } = viewer
      await confirmAgain(ctx, { userId, applicationId, ip, ...(body.email === undefined ? {} : { email: body.email }) })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/emails/check_confirmation',
    summary: 'Say whether your address is confirmed',
    access: newcomer('read:accounts'),
    response: Type.Boolean(),
    handle: async ({ ctx, viewer }) => (await findUser(ctx, viewer.userId))?.confirmed_at !== null,
  }),
]
