import { Account } from '@hamlet/contract/account'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { presentAccounts } from '#features/profiles'
import { readSettings } from '#features/settings'
import { presentStatuses } from '#features/statuses'
import { presentTags } from '#features/tags'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { reader, route, user } from '#platform/http'
import { adminRoutes } from './admin.ts'
import { presentLinks, presentSuggestions } from '../present.ts'
import { dismissSuggestion, suggest } from '../suggestions.ts'
import { listTrendingStatuses, listTrendingTags, listTrendingLinks } from '../trends.ts'
import { linkWindow, Page, readWindow } from '../windows.ts'

const MOST = 80
const USUAL = 40
/** mastodon-api 1.0: deprecated since 2021-05-16. */
const OLDER_SINCE = '@1621123200'

const directoryRoute = route({
  method: 'GET',
  path: '/api/v1/directory',
  summary: 'List people who want to be found',
  access: reader('read:accounts'),
  query: Type.Object({
    order: Type.Optional(Type.String()),
    local: Type.Optional(Type.Boolean()),
    limit: Type.Optional(Type.Integer()),
    offset: Type.Optional(Type.Integer()),
  }),
  response: Type.Array(Account),
  handle: async ({ ctx, query }) => {
    if ((await readSettings(ctx)).profile_directory === 'off') throw notFound()
    const order = query.order === 'new' ? sql`a.id desc` : sql`a.last_status_at desc nulls last, a.id desc`
    const only = query.local ? sql`and d.is_local` : sql``
    const limit = Math.min(Math.max(query.limit ?? USUAL, 1), MOST)
    const offset = Math.min(Math.max(query.offset ?? 0, 0), 10_000)
    const found = await sql<{ id: Id }>`
      select a.id from accounts a join domains d on d.id = a.domain_id
      where a.discoverable and a.suspended_at is null and a.limited_at is null ${only}
      order by ${order} limit ${limit} offset ${offset}`.execute(ctx.db)
    const accounts = await presentAccounts(
      ctx,
      found.rows.map((row) => row.id),
    )
    return found.rows.map((row) => accounts.get(row.id)).filter((account) => account !== undefined)
  },
})

/** Where the team does not want it counted what is talked about, nothing is. */
const isTrendless = async (ctx: Context) => (await readSettings(ctx)).trends === 'off'

const tagRoute = (path: string) =>
  route({
    method: 'GET',
    path,
    summary: 'List hashtags that are talked about',
    access: reader('read'),
    query: Type.Object(Page),
    response: Type.Array(Type.Ref('Tag')),
    handle: async (call) => {
      if (await isTrendless(call.ctx)) return []
      const window = readWindow(call.query, 10, 20)
      const names = await listTrendingTags(call.ctx, window)
      linkWindow(call, window, names.length)
      return presentTags(call.ctx, call.viewer?.accountId ?? null, names)
    },
  })

const statusesRoute = route({
  method: 'GET',
  path: '/api/v1/trends/statuses',
  summary: 'List posts that are talked about',
  access: reader('read'),
  query: Type.Object(Page),
  response: Type.Array(Type.Ref('Status')),
  handle: async (call) => {
    if (await isTrendless(call.ctx)) return []
    const window = readWindow(call.query, 20, 40)
    const viewerId = call.viewer?.accountId ?? null
    const ids = await listTrendingStatuses(call.ctx, viewerId, window)
    linkWindow(call, window, ids.length)
    return presentStatuses(call.ctx, viewerId, ids)
  },
})

const linksRoute = route({
  method: 'GET',
  path: '/api/v1/trends/links',
  summary: 'List links that are talked about',
  access: reader('read'),
  query: Type.Object(Page),
  response: Type.Array(Type.Ref('TrendsLink')),
  handle: async (call) => {
    if (await isTrendless(call.ctx)) return []
    const window = readWindow(call.query, 10, 20)
    const rows = await listTrendingLinks(call.ctx, window)
    linkWindow(call, window, rows.length)
    return presentLinks(call.ctx, call.viewer?.accountId ?? null, rows)
  },
})

const suggestionsRoute = route({
  method: 'GET',
  path: '/api/v2/suggestions',
  summary: 'Propose people to follow, and say why',
  access: user('read:accounts'),
  query: Type.Object(Page),
  response: Type.Array(Type.Ref('Suggestion')),
  handle: async ({ ctx, viewer, query }) =>
    presentSuggestions(ctx, await suggest(ctx, viewer.accountId, readWindow(query, USUAL, MOST))),
})

const olderSuggestionsRoute = route({
  method: 'GET',
  path: '/api/v1/suggestions',
  summary: 'Propose people to follow, in the older form',
  access: user('read:accounts'),
  query: Type.Object(Page),
  response: Type.Array(Account),
  handle: async ({ ctx, viewer, query, answer }) => {
    answer.header('Deprecation', OLDER_SINCE)
    const found = await suggest(ctx, viewer.accountId, readWindow(query, USUAL, MOST))
    return (await presentSuggestions(ctx, found)).map(({ account }) => account)
  },
})

const dismissRoute = route({
  method: 'DELETE',
  path: '/api/v1/suggestions/:account_id',
  summary: 'Send a proposed person away for good',
  access: user('write:accounts'),
  params: Type.Object({ account_id: Type.String() }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.account_id)) throw notFound()
    await transact(ctx, (tx) => dismissSuggestion(tx, viewer.accountId, params.account_id))
    return {}
  },
})

export const routes = [
  ...adminRoutes,
  directoryRoute,
  tagRoute('/api/v1/trends'),
  tagRoute('/api/v1/trends/tags'),
  statusesRoute,
  linksRoute,
  suggestionsRoute,
  olderSuggestionsRoute,
  dismissRoute,
]
