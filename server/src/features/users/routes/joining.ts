import { JoiningSettings, JoiningWish } from '@hamlet/contract/joining'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { transact } from '#platform/context'
import { route } from '#platform/http'
import { changeJoining, readJoining } from '../joining/settings.ts'

const PATH = '/api/web/admin/joining'

/** Who may join, and what is asked of them. */
export const joiningRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Show who may join, and what is asked of them',
    access: team('admin:read', 'manage_settings'),
    response: JoiningSettings,
    handle: ({ ctx }) => readJoining(ctx),
  }),
  route({
    method: 'PUT',
    path: PATH,
    summary: 'Change who may join, and what is asked of them; what is not named stays',
    access: team('admin:write', 'manage_settings'),
    body: Type.Partial(JoiningWish),
    response: JoiningSettings,
    handle: async ({ ctx, viewer, body }) => {
      await transact(ctx, (tx) => changeJoining(tx, viewer.accountId, body))
      return readJoining(ctx)
    },
  }),
]
