import { Type } from 'typebox'
import { isLimitedFederation, listPeers } from '#features/domains'
import { readSettings } from '#features/settings'
import { notFound } from '#lib/refusal'
import { anyone, reader, route } from '#platform/http'
import { countWeeks } from '../activity.ts'
import { listShutServers } from '../shut-servers.ts'

const MOST_FOUND = 10
/** mastodon-api 1.15: these change slowly, and are the same for everybody. */
const DAY_CACHED = 'public, max-age=86400'

const peersRoute = route({
  method: 'GET',
  path: '/api/v1/instance/peers',
  summary: 'List the servers that this one has met; 404 where the team keeps that to itself',
  access: anyone,
  response: Type.Array(Type.String()),
  handle: async ({ ctx }) => {
    if ((await readSettings(ctx)).peers_api === 'off' || (await isLimitedFederation(ctx))) throw notFound()
    return listPeers(ctx)
  },
})

const searchRoute = route({
  method: 'GET',
  path: '/api/v1/peers/search',
  summary: 'Find servers that this one has met, by how their names begin; null for nothing to look for',
  access: anyone,
  query: Type.Object({ q: Type.Optional(Type.String()) }),
  response: Type.Union([Type.Array(Type.String()), Type.Null()]),
  handle: async ({ ctx, query }) => {
    if ((await readSettings(ctx)).peers_api === 'off' || (await isLimitedFederation(ctx))) throw notFound()
    const wanted = (query.q ?? '').trim().toLowerCase()
    return wanted === '' ? null : listPeers(ctx, { startsWith: wanted, limit: MOST_FOUND })
  },
})

const activityRoute = route({
  method: 'GET',
  path: '/api/v1/instance/activity',
  summary:
    'Count by week what happened here: posts, people who were here, and sign-ups; 404 where the team keeps that to itself',
  access: anyone,
  response: Type.Array(
    Type.Object({ week: Type.String(), statuses: Type.String(), logins: Type.String(), registrations: Type.String() }),
  ),
  handle: async ({ ctx, answer }) => {
    if ((await readSettings(ctx)).activity_api === 'off') throw notFound()
    answer.header('Cache-Control', DAY_CACHED)
    return countWeeks(ctx)
  },
})

const domainBlocksRoute = route({
  method: 'GET',
  path: '/api/v1/instance/domain_blocks',
  summary: 'List the servers that are limited or shut out here; 404 to whom the team does not show it',
  access: reader('read'),
  response: Type.Array(
    Type.Object({
      domain: Type.String(),
      digest: Type.String(),
      severity: Type.Union([Type.Literal('silence'), Type.Literal('suspend')]),
      comment: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  handle: async ({ ctx, viewer }) => {
    const isMember = viewer !== undefined && viewer.accountId !== null
    const rows = await listShutServers(ctx, isMember)
    if (!rows) throw notFound()
    return rows
  },
})

export const networkRoutes = [peersRoute, searchRoute, activityRoute, domainBlocksRoute]
