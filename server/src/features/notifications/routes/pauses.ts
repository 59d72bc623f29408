import { Type } from 'typebox'
import { requireVisibleStatus } from '#features/visibility'
import { transact } from '#platform/context'
import { route } from '#platform/http'
import { pausePost } from '../pauses.ts'
import { writes } from './lists.ts'

const HOUR_S = 3600
const LONGEST_S = 7 * 24 * HOUR_S

export const pauseRoutes = [
  route({
    method: 'POST',
    path: '/api/hamlet/v1/statuses/:id/notifications/pause',
    summary: 'Rest from what happens on a post of yours; a duration of 0 ends the rest',
    access: writes,
    params: Type.Object({ id: Type.String() }),
    body: Type.Object({ duration: Type.Optional(Type.Integer({ minimum: 0, maximum: LONGEST_S })) }),
    response: Type.Object({ paused_until: Type.Union([Type.String(), Type.Null()]) }),
    handle: async ({ ctx, viewer, params, body }) => {
      const statusId = await requireVisibleStatus(ctx, viewer.accountId, params.id)
      const durationS = body.duration ?? HOUR_S
      const paused_until = await transact(ctx, (tx) => pausePost(tx, viewer.accountId, statusId, { durationS }))
      return { paused_until }
    },
  }),
]
