import { AuthorisedApp } from '@hamlet/contract/account-settings'
import { Type } from 'typebox'
import { transact } from '#platform/context'
import { leaver, route } from '#platform/http'
import { listOwnApps, sendAppAway } from '../own-apps.ts'

export const ownAppRoutes = [
  route({
    method: 'GET',
    path: '/api/hamlet/v1/applications',
    summary: 'List the apps that you let in',
    access: leaver('read'),
    response: Type.Array(AuthorisedApp),
    handle: ({ ctx, viewer }) => listOwnApps(ctx, viewer.userId),
  }),
  route({
    method: 'DELETE',
    path: '/api/hamlet/v1/applications/:id',
    summary: 'Send an app away: all it holds of you ends',
    access: leaver('write'),
    params: Type.Object({ id: Type.String() }),
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => sendAppAway(tx, viewer.userId, params.id))
      return {}
    },
  }),
]
