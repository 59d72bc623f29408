import { RelationshipSeveranceEvent } from '@hamlet/contract/severance'
import { Type } from 'typebox'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, user } from '#platform/http'
import { presentSeverance } from '../present/severances.ts'
import { findOwnSeverance, listLost, listOwnSeverances, type LostFollow } from '../severances/store.ts'

const USUAL = 40
const path = '/api/hamlet/v1/severed_relationships'

const listRoute = route({
  method: 'GET',
  path,
  summary: 'List when you lost followers or people you follow, since ties to a server or an account were cut',
  access: user('read:follows'),
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(RelationshipSeveranceEvent),
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const rows = await listOwnSeverances(ctx, viewer.accountId, page)
    const ids = rows.map((row) => row.id)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return rows.map(presentSeverance)
  },
})

/** mastodon-features 13: the same columns as the exports of follows and followers, so that they can be imported. */
const HEADS = {
  following: ['Account address', 'Show boosts', 'Notify on new posts', 'Languages'],
  followers: ['Account address'],
} as const

function lineOf(way: keyof typeof HEADS, lost: LostFollow): string {
  if (way === 'followers') return lost.acct
  return `${lost.acct},${lost.show_reblogs},${lost.notify},"${(lost.languages ?? []).join(', ')}"`
}

const csvRoutes = (['following', 'followers'] as const).map((way) =>
  route({
    method: 'GET',
    path: `${path}/:id/${way}.csv`,
    summary: `Download the ${way === 'following' ? 'people you followed' : 'followers'} that you lost`,
    access: user('read:follows'),
    params: Type.Object({ id: Type.String() }),
    response: Type.String(),
    produces: 'text/csv',
    handle: async ({ ctx, viewer, params, answer }) => {
      const own = isId(params.id) ? await findOwnSeverance(ctx, viewer.accountId, params.id) : undefined
      if (!own) throw notFound()
      const name = own.target_name.replaceAll(/[^\w.@-]/g, '_')
      answer.header('Content-Disposition', `attachment; filename="${way}-${name}.csv"`)
      const lines = (await listLost(ctx, own, way)).map((lost) => lineOf(way, lost))
      return `${[HEADS[way].join(','), ...lines].join('\n')}\n`
    },
  }),
)

export const severanceRoutes = [listRoute, ...csvRoutes]
