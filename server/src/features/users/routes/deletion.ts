import { Type } from 'typebox'
import { readSettings } from '#features/settings'
import { leaver, route } from '#platform/http'
import { askForDeletion } from '../delete-account.ts'
import { requireOwnPage } from '../own-sessions.ts'

const PATH = '/api/hamlet/v1/deletion'

export const deletionRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Say for how many days an account that is to be deleted can still be taken back',
    access: leaver('read'),
    response: Type.Object({ days: Type.Integer() }),
    handle: async ({ ctx }) => ({ days: Number((await readSettings(ctx)).deletion_days) }),
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Ask for your account to be deleted; for our own pages',
    access: leaver('write'),
    body: Type.Object({
      current_password: Type.String(),
      username: Type.String({ maxLength: 400 }),
      now: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({ due_at: Type.String() }),
    handle: async ({ ctx, viewer, body }) => {
      requireOwnPage(viewer)
      const wish = { password: body.current_password, username: body.username, isNow: body.now ?? false }
      return { due_at: await askForDeletion(ctx, viewer, wish) }
    },
  }),
]
