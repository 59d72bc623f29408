import { HeldPost, PostReview } from '@hamlet/contract/content-rule'
import { Type } from 'typebox'
import { countWaiting, listHoldsOf, listWaiting } from '#features/gates'
import { team } from '#features/roles'
import { decideHolds } from '#features/statuses'
import { isId } from '#lib/id'
import { transact } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, user } from '#platform/http'
import { presentHolds, presentReview } from '../present/rules.ts'

const PATH = '/api/hamlet/v1/admin/held'
const USUAL = 40
const MOST = 100

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List posts that wait for a moderator',
  access: team('admin:read:reports', 'manage_reports'),
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
    min_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(HeldPost),
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const rows = await listWaiting(ctx, page)
    linkPages(
      answer,
      ctx.config.url,
      target,
      rowCursors(
        rows.map((row) => row.id),
        page.limit,
      ),
    )
    return presentHolds(ctx, viewer.accountId, rows)
  },
})

const countRoute = route({
  method: 'GET',
  path: `${PATH}/count`,
  summary: 'Count the posts that wait for a moderator',
  access: team('admin:read:reports', 'manage_reports'),
  response: Type.Object({ count: Type.Integer() }),
  handle: async ({ ctx }) => ({ count: await countWaiting(ctx) }),
})

const decideRoute = route({
  method: 'POST',
  path: `${PATH}/decide`,
  summary: 'Let posts through that wait, or delete them; gives those that nobody had decided yet',
  access: team('admin:write:reports', 'manage_reports'),
  body: Type.Object({
    ids: Type.Array(Type.String(), { minItems: 1, maxItems: MOST }),
    decision: Type.Union([Type.Literal('approved'), Type.Literal('rejected')]),
  }),
  response: Type.Object({ ids: Type.Array(Type.String()) }),
  handle: async ({ ctx, viewer, body }) => ({
    ids: await transact(ctx, (tx) => decideHolds(tx, viewer.accountId, body.ids.filter(isId), body.decision)),
  }),
})

const reviewsRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/statuses/reviews',
  summary: 'List your posts that a moderator looks at, and what was decided in the last 30 days',
  access: user('read:statuses'),
  response: Type.Array(PostReview),
  handle: async ({ ctx, viewer }) => (await listHoldsOf(ctx, viewer.accountId)).map(presentReview),
})

export const heldRoutes = [listRoute, countRoute, decideRoute, reviewsRoute]
