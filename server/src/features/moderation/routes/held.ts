import { HeldPost, PostReview } from '@hamlet/contract/content-rule'
import { Type } from 'typebox'
import { countWaiting, findHeldAuthors, listHoldsOf, listWaiting } from '#features/gates'
import { team } from '#features/roles'
import { decideHolds, type HoldDecision } from '#features/statuses'
import { findUser, listUsersOfAccounts } from '#features/users'
import { isId, type Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, user, type UserViewer } from '#platform/http'
import { presentHolds, presentReviews } from '../present/rules.ts'

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

/** Nobody decides about the posts of whoever stands as high or higher; their own they may, since somebody has to. */
async function decideWithin(tx: Tx, viewer: UserViewer, ids: Id[], decision: HoldDecision): Promise<Id[]> {
  const authors = await findHeldAuthors(tx, ids)
  const people = await listUsersOfAccounts(tx, [...authors.values()])
  const own = (await findUser(tx, viewer.userId))?.role_position ?? -1
  const isInReach = (id: Id) => {
    const authorId = authors.get(id)
    const author = authorId === undefined ? undefined : people.get(authorId)
    return author === undefined || authorId === viewer.accountId || author.role_position < own
  }
  const within = ids.filter(isInReach)
  if (within.length === 0 && ids.length > 0)
    throw new Refusal('forbidden', 'Only somebody of a higher role may decide about these posts')
  return decideHolds(tx, viewer.accountId, within, decision)
}

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
    ids: await transact(ctx, (tx) => decideWithin(tx, viewer, body.ids.filter(isId), body.decision)),
  }),
})

const reviewsRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/statuses/reviews',
  summary: 'List your posts that a moderator looks at, and what was decided in the last 30 days',
  access: user('read:statuses'),
  response: Type.Array(PostReview),
  handle: async ({ ctx, viewer }) => presentReviews(ctx, viewer.accountId, await listHoldsOf(ctx, viewer.accountId)),
})

export const heldRoutes = [listRoute, countRoute, decideRoute, reviewsRoute]
