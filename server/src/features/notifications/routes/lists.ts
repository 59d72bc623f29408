import { Notification } from '@hamlet/contract/notification'
import { Type } from 'typebox'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, statusCursors, user } from '#platform/http'
import { isHiddenNotification, presentNotifications } from '../present.ts'
import { findReadUpTo } from '../read-marker.ts'
import {
  clearNotifications,
  countUnread,
  dismissNotification,
  dismissNotifications,
  findNotification,
  listNotifications,
} from '../store.ts'
import { readKinds } from '../types.ts'

export const reads = user('read:notifications')
export const writes = user('write:notifications')
export const Nothing = Type.Object({})
export const Count = Type.Object({ count: Type.Integer() })
const names = Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }))
export const Kinds = { types: names, exclude_types: names }
export const Paging = {
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
  min_id: Type.Optional(Type.String()),
}
export const USUAL = 40
const UNREAD_USUAL = 100
const UNREAD_MOST = 1000

export const readMost = (limit: number | undefined) =>
  readPage({ limit: limit ?? UNREAD_USUAL }, UNREAD_USUAL, UNREAD_MOST).limit

const listRoute = route({
  method: 'GET',
  path: '/api/v1/notifications',
  summary: 'Read what you were told',
  access: reads,
  query: Type.Object({
    ...Paging,
    ...Kinds,
    account_id: Type.Optional(Type.String()),
    include_filtered: Type.Optional(Type.Boolean()),
    supported_types: names,
  }),
  response: Type.Array(Notification),
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const fromId = isId(query.account_id) ? query.account_id : undefined
    const wanted = {
      kinds: readKinds(query.types, query.exclude_types),
      ...(fromId ? { fromId } : {}),
      withFiltered: query.include_filtered ?? fromId !== undefined,
    }
    const rows = await listNotifications(ctx, viewer.accountId, wanted, readPage(query, USUAL))
    linkPages(answer, ctx.config.url, target, statusCursors(rows.map((row) => row.id)))
    const notifications = await presentNotifications(ctx, viewer.accountId, rows)
    return notifications.filter((one) => !isHiddenNotification(one))
  },
})

const countRoute = route({
  method: 'GET',
  path: '/api/v1/notifications/unread_count',
  summary: 'Count what you have not read',
  access: reads,
  query: Type.Object({
    ...Kinds,
    limit: Type.Optional(Type.Integer()),
    account_id: Type.Optional(Type.String()),
    include_filtered: Type.Optional(Type.Boolean()),
  }),
  response: Count,
  handle: async ({ ctx, viewer, query }) => {
    const wanted = {
      kinds: readKinds(query.types, query.exclude_types),
      ...(isId(query.account_id) ? { fromId: query.account_id } : {}),
      withFiltered: query.include_filtered ?? false,
    }
    const readUpTo = await findReadUpTo(ctx, viewer.accountId)
    return { count: await countUnread(ctx, viewer.accountId, wanted, { readUpTo, most: readMost(query.limit) }) }
  },
})

const showRoute = route({
  method: 'GET',
  path: '/api/v1/notifications/:id',
  summary: 'Show one thing you were told',
  access: reads,
  params: Type.Object({ id: Type.String() }),
  response: Notification,
  handle: async ({ ctx, viewer, params }) => {
    const row = await findNotification(ctx, viewer.accountId, params.id)
    const [shown] = row ? await presentNotifications(ctx, viewer.accountId, [row]) : []
    if (!shown) throw notFound()
    return shown
  },
})

function clearRoute(version: 'v1' | 'v2') {
  return route({
    method: 'POST',
    path: `/api/${version}/notifications/clear`,
    summary: 'Forget everything you were told',
    access: writes,
    response: Nothing,
    handle: async ({ ctx, viewer }) => {
      await transact(ctx, (tx) => clearNotifications(tx, viewer.accountId))
      return {}
    },
  })
}

function dismissRoute(method: 'POST' | 'DELETE', path: string) {
  return route({
    method,
    path,
    summary: 'Forget one thing you were told',
    access: writes,
    params: Type.Object({ id: Type.String() }),
    response: Nothing,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => dismissNotification(tx, viewer.accountId, params.id))
      return {}
    },
  })
}

const Ids = Type.Object({ ids: Type.Optional(Type.Array(Type.String(), { maxItems: 1000 })) })

const dismissManyRoute = route({
  method: 'DELETE',
  path: '/api/v1/notifications/destroy_multiple',
  summary: 'Forget several things you were told',
  access: writes,
  query: Ids,
  body: Ids,
  response: Nothing,
  handle: async ({ ctx, viewer, query, body }) => {
    const ids = [...(query.ids ?? []), ...(body.ids ?? [])]
    await transact(ctx, (tx) => dismissNotifications(tx, viewer.accountId, ids))
    return {}
  },
})

export const listRoutes = [
  listRoute,
  countRoute,
  showRoute,
  clearRoute('v1'),
  clearRoute('v2'),
  dismissRoute('POST', '/api/v1/notifications/:id/dismiss'),
  dismissRoute('DELETE', '/api/v1/notifications/:id'),
  dismissManyRoute,
]
