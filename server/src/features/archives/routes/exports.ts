import { Type } from 'typebox'
import { leaver, route } from '#platform/http'
import { writeOutbox } from '#features/statuses'
import { exportCsv, exportFilters, exportNames } from '../exports.ts'

const scopes = {
  follows: 'read:follows',
  lists: 'read:lists',
  mutes: 'follow|read:mutes',
  blocks: 'follow|read:blocks',
  domain_blocks: 'follow|read:blocks',
  bookmarks: 'read:bookmarks',
} as const

const HOUR_MS = 3_600_000
/** Each reads all of a list. */
const limit = { family: 'exports', max: 60, windowMs: HOUR_MS }

const outboxRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/exports/outbox.json',
  summary: 'Download everything that you wrote, as ActivityStreams',
  access: leaver('read:statuses'),
  limit: { family: 'exports-outbox', max: 10, windowMs: HOUR_MS },
  response: Type.Object({ type: Type.Literal('OrderedCollection'), totalItems: Type.Integer() }),
  produces: 'application/activity+json',
  handle: async ({ ctx, viewer, answer }) => {
    answer.header('Content-Disposition', 'attachment; filename="outbox.json"')
    return writeOutbox(ctx, viewer.accountId)
  },
})

const csvRoutes = exportNames.map((name) =>
  route({
    method: 'GET',
    path: `/api/hamlet/v1/exports/${name}.csv`,
    summary: `Download your ${name.replace('_', ' ')} in the format that Mastodon imports`,
    access: leaver(scopes[name]),
    limit,
    response: Type.String(),
    produces: 'text/csv',
    handle: async ({ ctx, viewer, answer }) => {
      answer.header('Content-Disposition', `attachment; filename="${name}.csv"`)
      return exportCsv(ctx, viewer.accountId, name)
    },
  }),
)

const filtersRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/exports/custom_filters.json',
  summary: 'Download your filters in the format that Mastodon imports',
  access: leaver('read:filters'),
  limit,
  response: Type.Object({ custom_filters: Type.Array(Type.Unknown()) }),
  produces: 'application/json',
  handle: async ({ ctx, viewer, answer }) => {
    answer.header('Content-Disposition', 'attachment; filename="custom_filters.json"')
    return exportFilters(ctx, viewer.accountId)
  },
})

export const exportRoutes = [...csvRoutes, filtersRoute, outboxRoute]
