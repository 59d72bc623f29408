import { Type } from 'typebox'
import { route, user } from '#platform/http'
import { exportCsv, exportNames } from '../exports.ts'

const scopes = {
  follows: 'read:follows',
  lists: 'read:lists',
  mutes: 'follow|read:mutes',
  blocks: 'follow|read:blocks',
  bookmarks: 'read:bookmarks',
} as const

const HOUR_MS = 3_600_000
/** Each reads all of a list. */
const limit = { family: 'exports', max: 60, windowMs: HOUR_MS }

export const exportRoutes = exportNames.map((name) =>
  route({
    method: 'GET',
    path: `/api/hamlet/v1/exports/${name}.csv`,
    summary: `Download your ${name} in the format that Mastodon imports`,
    access: user(scopes[name]),
    limit,
    response: Type.String(),
    produces: 'text/csv',
    handle: async ({ ctx, viewer, answer }) => {
      answer.header('Content-Disposition', `attachment; filename="${name}.csv"`)
      return exportCsv(ctx, viewer.accountId, name)
    },
  }),
)
