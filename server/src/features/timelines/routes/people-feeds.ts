import { isHiddenIn } from '@hamlet/contract/fold'
import type { FeedReason, Status } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { requireOwnList } from '#features/lists'
import { presentStatuses } from '#features/statuses'
import type { Id } from '#lib/id'
import { readPage } from '#platform/db'
import { linkPages, route, statusCursors, user } from '#platform/http'
import { listHome, listOfList } from '../people-feeds.ts'
import { findHomeReasons, giveReason } from '../present.ts'
import { Paging, USUAL } from './paging.ts'

const homeRoute = route({
  method: 'GET',
  path: '/api/v1/timelines/home',
  summary: 'Read what the people you follow write, and posts with the hashtags you follow',
  access: user('read:statuses'),
  query: Type.Object(Paging),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, query, target, answer }) => {
    const ids = await listHome(ctx, viewer.accountId, readPage(query, USUAL))
    linkPages(answer, ctx.config.url, target, statusCursors(ids))
    const statuses = await presentStatuses(ctx, viewer.accountId, ids)
    const reasons = await findHomeReasons(ctx, viewer.accountId, ids)
    return finish(statuses, (id) => reasons.get(id))
  },
})

const listRoute = route({
  method: 'GET',
  path: '/api/v1/timelines/list/:id',
  summary: 'Read what the people of one of your lists write',
  access: user('read:lists'),
  params: Type.Object({ id: Type.String() }),
  query: Type.Object(Paging),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, params, query, target, answer }) => {
    const list = await requireOwnList(ctx, viewer.accountId, params.id)
    const ids = await listOfList(ctx, viewer.accountId, list, readPage(query, USUAL))
    linkPages(answer, ctx.config.url, target, statusCursors(ids))
    const reason: FeedReason = { kind: 'list', list_id: list.id, title: list.title }
    return finish(await presentStatuses(ctx, viewer.accountId, ids), () => reason)
  },
})

/** The posts of a page with their reasons, without those that the viewer hides at home; lists are read as home is. */
function finish(statuses: readonly Status[], reasonOf: (id: Id) => FeedReason | undefined): Status[] {
  const shown = statuses.filter((status) => !isHiddenIn(status.filtered, 'home'))
  return shown.map((status) => giveReason(status, reasonOf(status.id)))
}

export const peopleFeedRoutes = [homeRoute, listRoute]
