import { isHiddenIn, type FilterContext } from '@hamlet/contract/filter'
import { normaliseTagName } from '@hamlet/contract/text'
import { Type } from 'typebox'
import { findAccount } from '#features/accounts'
import { listBookmarks, listFavourites, type MarkPage } from '#features/interactions'
import { presentStatuses } from '#features/statuses'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { readPage, type PageRequest } from '#platform/db'
import { linkPages, reader, route, statusCursors, user, type Answer, type Viewer } from '#platform/http'
import { listHome, listOfAccount, listPublic, listTagged } from '../feeds.ts'

const Paging = {
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
  min_id: Type.Optional(Type.String()),
}
const USUAL = 20

const publicRoute = route({
  method: 'GET',
  path: '/api/v1/timelines/public',
  summary: 'Read public posts',
  access: reader('read:statuses'),
  query: Type.Object({
    ...Paging,
    local: Type.Optional(Type.Boolean()),
    remote: Type.Optional(Type.Boolean()),
    only_media: Type.Optional(Type.Boolean()),
  }),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, query, target, answer }) => {
    const ids = await listPublic(
      ctx,
      viewer?.accountId ?? null,
      { local: query.local ?? false, remote: query.remote ?? false, onlyMedia: query.only_media ?? false },
      readPage(query, USUAL),
    )
    return answerPage(ctx, viewer, ids, { answer, target, context: 'public' })
  },
})

const homeRoute = route({
  method: 'GET',
  path: '/api/v1/timelines/home',
  summary: 'Read what the people you follow write',
  access: user('read:statuses'),
  query: Type.Object(Paging),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, query, target, answer }) => {
    const ids = await listHome(ctx, viewer.accountId, readPage(query, USUAL))
    return answerPage(ctx, viewer, ids, { answer, target, context: 'home' })
  },
})

const tagRoute = route({
  method: 'GET',
  path: '/api/v1/timelines/tag/:hashtag',
  summary: 'Read public posts with a hashtag',
  access: reader('read:statuses'),
  params: Type.Object({ hashtag: Type.String({ maxLength: 200 }) }),
  query: Type.Object({
    ...Paging,
    local: Type.Optional(Type.Boolean()),
    remote: Type.Optional(Type.Boolean()),
    only_media: Type.Optional(Type.Boolean()),
  }),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, params, query, target, answer }) => {
    const feed = {
      name: normaliseTagName(params.hashtag),
      local: query.local ?? false,
      remote: query.remote ?? false,
      onlyMedia: query.only_media ?? false,
    }
    const ids = await listTagged(ctx, viewer?.accountId ?? null, feed, readPage(query, USUAL))
    return answerPage(ctx, viewer, ids, { answer, target, context: 'public' })
  },
})

const accountRoute = route({
  method: 'GET',
  path: '/api/v1/accounts/:id/statuses',
  summary: 'Read what an account wrote',
  access: reader('read:statuses'),
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({
    ...Paging,
    only_media: Type.Optional(Type.Boolean()),
    exclude_replies: Type.Optional(Type.Boolean()),
    exclude_reblogs: Type.Optional(Type.Boolean()),
    pinned: Type.Optional(Type.Boolean()),
    tagged: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, params, query, target, answer }) => {
    if (!isId(params.id) || !(await findAccount(ctx, params.id))) throw notFound()
    if (query.pinned) return []
    const who = { accountId: params.id, viewerId: viewer?.accountId ?? null }
    const feed = {
      excludeReplies: query.exclude_replies ?? false,
      excludeBoosts: query.exclude_reblogs ?? false,
      onlyMedia: query.only_media ?? false,
      tagged: query.tagged && normaliseTagName(query.tagged),
    }
    const ids = await listOfAccount(ctx, who, feed, readPage(query, USUAL))
    return answerPage(ctx, viewer, ids, { answer, target, context: 'account' })
  },
})

/** A person's own list of marks: its cursors are row ids, which stand in the Link header only. */
function marksRoute(
  path: string,
  summary: string,
  scope: string,
  list: (ctx: Context, id: Id, page: PageRequest) => Promise<MarkPage>,
) {
  return route({
    method: 'GET',
    path,
    summary,
    access: user(scope),
    query: Type.Object(Paging),
    response: Type.Array(Type.Ref('Status')),
    handle: async ({ ctx, viewer, query, target, answer }) => {
      const marks = await list(ctx, viewer.accountId, readPage(query, USUAL))
      linkPages(answer, ctx.config.url, target, statusCursors(marks.rowIds))
      return presentStatuses(ctx, viewer.accountId, marks.ids)
    },
  })
}

const favouritesRoute = marksRoute('/api/v1/favourites', 'List what you favourited', 'read:favourites', listFavourites)
const bookmarksRoute = marksRoute('/api/v1/bookmarks', 'List what you keep', 'read:bookmarks', listBookmarks)

type Destination = { answer: Answer; target: string; context: FilterContext }

/** A page of posts without those that the viewer hides in this context; its cursors are those of the whole page. */
async function answerPage(ctx: Context, viewer: Viewer | undefined, ids: Id[], to: Destination) {
  linkPages(to.answer, ctx.config.url, to.target, statusCursors(ids))
  const statuses = await presentStatuses(ctx, viewer?.accountId ?? null, ids)
  return statuses.filter((status) => !isHiddenIn(status.filtered, to.context))
}

export const routes = [favouritesRoute, bookmarksRoute, homeRoute, publicRoute, tagRoute, accountRoute]
