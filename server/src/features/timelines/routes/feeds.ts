import type { FilterContext } from '@hamlet/contract/filter'
import { isHiddenIn } from '@hamlet/contract/fold'
import { normaliseTagName } from '@hamlet/contract/text'
import { Type } from 'typebox'
import { findAccount } from '#features/accounts'
import { listBookmarks, listFavourites, type MarkPage } from '#features/interactions'
import { listPinned, presentStatuses } from '#features/statuses'
import { isId, type Id } from '#lib/id'
import { parseHttpUrl } from '#lib/host'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { readPage, type PageRequest } from '#platform/db'
import { linkPages, reader, route, statusCursors, user, type Answer, type Viewer } from '#platform/http'
import { isLinkedOpenly, listLinked, listOfAccount, listPublic, listTagged } from '../feeds.ts'
import { isOpenTo } from '../open-feeds.ts'
import { Paging, USUAL } from './paging.ts'

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
    const feed = {
      local: query.local ?? false,
      remote: query.remote ?? false,
      onlyMedia: query.only_media ?? false,
    }
    if (!(await isOpenTo(ctx, viewer, 'feed', feed))) return []
    const ids = await listPublic(ctx, viewer?.accountId ?? null, feed, readPage(query, USUAL))
    return answerPage(ctx, viewer, ids, { answer, target, context: 'public' })
  },
})

/** mastodon-limits: hashtag feed modifiers; what is more is passed over. */
const MOST_TAGS = 4
const TagNames = Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100 }))

function readNames(names: readonly string[]): string[] {
  return names.map(normaliseTagName).filter((name) => name !== '')
}

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
    any: TagNames,
    all: TagNames,
    none: TagNames,
  }),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, params, query, target, answer }) => {
    const feed = {
      any: readNames([params.hashtag, ...(query.any ?? []).slice(0, MOST_TAGS)]),
      all: readNames((query.all ?? []).slice(0, MOST_TAGS)),
      none: readNames((query.none ?? []).slice(0, MOST_TAGS)),
      local: query.local ?? false,
      remote: query.remote ?? false,
      onlyMedia: query.only_media ?? false,
    }
    if (!(await isOpenTo(ctx, viewer, 'topics', feed))) return []
    const ids = await listTagged(ctx, viewer?.accountId ?? null, feed, readPage(query, USUAL))
    return answerPage(ctx, viewer, ids, { answer, target, context: 'public' })
  },
})

const linkRoute = route({
  method: 'GET',
  path: '/api/v1/timelines/link',
  summary: 'Read public posts that lead to a page',
  access: reader('read:statuses'),
  query: Type.Object({ ...Paging, url: Type.String({ maxLength: 4_096 }) }),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, query, target, answer }) => {
    const viewerId = viewer?.accountId ?? null
    const link = readLink(query.url)
    if (link === undefined || !(await isLinkedOpenly(ctx, viewerId, link))) throw notFound()
    const ids = await listLinked(ctx, viewerId, link, readPage(query, USUAL))
    return answerPage(ctx, viewer, ids, { answer, target, context: 'public' })
  },
})

/** What stands behind # does not make it another page. */
function readLink(text: string): string | undefined {
  const url = parseHttpUrl(text)
  if (url) url.hash = ''
  return url?.href
}

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
    if (query.pinned) return answerPinned(ctx, viewer, params.id)
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

/** What stands on top of a profile: all of it at once, in the order of the pins. */
async function answerPinned(ctx: Context, viewer: Viewer | undefined, accountId: Id) {
  const statuses = await presentStatuses(ctx, viewer?.accountId ?? null, await listPinned(ctx, accountId))
  return statuses.filter((status) => !isHiddenIn(status.filtered, 'account'))
}

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

export const routes = [favouritesRoute, bookmarksRoute, publicRoute, tagRoute, linkRoute, accountRoute]
