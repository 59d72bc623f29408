import { Account } from '@hamlet/contract/account'
import { GroupedNotificationsResults } from '@hamlet/contract/notification'
import { Type } from 'typebox'
import { presentAccounts } from '#features/profiles'
import { transact } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, statusCursors } from '#platform/http'
import {
  countUnreadGroups,
  dismissGroup,
  listGroupAccounts,
  listGroups,
  requireGroup,
  type GroupsWanted,
} from '../groups.ts'
import { presentGroups, withoutHidden } from '../present.ts'
import { findReadUpTo } from '../read-marker.ts'
import { groupableKinds, groupedKinds, readKinds } from '../types.ts'
import { Count, Kinds, Nothing, Paging, readMost, reads, USUAL, writes } from './lists.ts'

const Key = Type.Object({ group_key: Type.String({ maxLength: 200 }) })
const Grouping = { grouped_types: Kinds.types, include_filtered: Type.Optional(Type.Boolean()) }
type Query = { types?: string[]; exclude_types?: string[]; grouped_types?: string[]; include_filtered?: boolean }

function readGroups(query: Query): GroupsWanted {
  const asked = query.grouped_types
  return {
    kinds: readKinds(query.types, query.exclude_types),
    withFiltered: query.include_filtered ?? false,
    groupedKinds: asked ? groupableKinds.filter((kind) => asked.includes(kind)) : groupedKinds,
  }
}

const listRoute = route({
  method: 'GET',
  path: '/api/v2/notifications',
  summary: 'Read what you were told, alike things as one',
  access: reads,
  query: Type.Object({
    ...Paging,
    ...Kinds,
    ...Grouping,
    expand_accounts: Type.Optional(Type.Unsafe<'full' | 'partial_avatars'>({ enum: ['full', 'partial_avatars'] })),
    supported_types: Kinds.types,
  }),
  response: GroupedNotificationsResults,
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const rows = await listGroups(ctx, viewer.accountId, readGroups(query), readPage(query, USUAL))
    const url = new URL(target, ctx.config.url)
    url.searchParams.delete('expand_accounts')
    linkPages(answer, ctx.config.url, url.pathname + url.search, statusCursors(rows.map((row) => row.newest_id)))
    return withoutHidden(await presentGroups(ctx, viewer.accountId, rows, query.expand_accounts))
  },
})

const countRoute = route({
  method: 'GET',
  path: '/api/v2/notifications/unread_count',
  summary: 'Count what you have not read, alike things as one',
  access: reads,
  query: Type.Object({ ...Kinds, ...Grouping, limit: Type.Optional(Type.Integer()) }),
  response: Count,
  handle: async ({ ctx, viewer, query }) => {
    const readUpTo = await findReadUpTo(ctx, viewer.accountId)
    const bounds = { readUpTo, most: readMost(query.limit) }
    return { count: await countUnreadGroups(ctx, viewer.accountId, readGroups(query), bounds) }
  },
})

const showRoute = route({
  method: 'GET',
  path: '/api/v2/notifications/:group_key',
  summary: 'Show one group of things you were told',
  access: reads,
  params: Key,
  response: GroupedNotificationsResults,
  handle: async ({ ctx, viewer, params }) =>
    presentGroups(ctx, viewer.accountId, [await requireGroup(ctx, viewer.accountId, params.group_key)]),
})

const accountsRoute = route({
  method: 'GET',
  path: '/api/v2/notifications/:group_key/accounts',
  summary: 'List everyone in a group',
  access: reads,
  params: Key,
  query: Type.Object(Paging),
  response: Type.Array(Account),
  handle: async ({ ctx, viewer, params, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const found = await listGroupAccounts(ctx, viewer.accountId, params.group_key, page)
    linkPages(answer, ctx.config.url, target, rowCursors(found.rowIds, page.limit))
    const accounts = await presentAccounts(ctx, found.ids)
    return found.ids.map((id) => accounts.get(id)).filter((account) => account !== undefined)
  },
})

const dismissRoute = route({
  method: 'POST',
  path: '/api/v2/notifications/:group_key/dismiss',
  summary: 'Forget a group of things you were told',
  access: writes,
  params: Key,
  response: Nothing,
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => dismissGroup(tx, viewer.accountId, params.group_key))
    return {}
  },
})

export const groupRoutes = [listRoute, countRoute, showRoute, accountsRoute, dismissRoute]
