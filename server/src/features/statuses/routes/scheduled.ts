import { ScheduledStatus } from '@hamlet/contract/scheduled'
import { Type } from 'typebox'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, statusCursors, user } from '#platform/http'
import { presentScheduled, requireScheduled } from '../present/present-scheduled.ts'
import { moveScheduled, readNewSchedule } from '../scheduled/schedule-status.ts'
import { dropScheduled } from '../scheduled/store.ts'

const OneId = Type.Object({ id: Type.String() })

const listRoute = route({
  method: 'GET',
  path: '/api/v1/scheduled_statuses',
  summary: 'List posts that wait for their hour',
  access: user('read:statuses'),
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
    min_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(ScheduledStatus),
  handle: async ({ ctx, viewer, query, target, answer }) => {
    const shown = await presentScheduled(ctx, viewer.accountId, { page: readPage(query, 20) })
    linkPages(answer, ctx.config.url, target, statusCursors(shown.map((one) => one.id)))
    return shown
  },
})

const showRoute = route({
  method: 'GET',
  path: '/api/v1/scheduled_statuses/:id',
  summary: 'Show a post that waits for its hour',
  access: user('read:statuses'),
  params: OneId,
  response: ScheduledStatus,
  handle: ({ ctx, viewer, params }) => requireScheduled(ctx, viewer.accountId, params.id),
})

const moveRoute = route({
  method: 'PUT',
  path: '/api/v1/scheduled_statuses/:id',
  summary: 'Move a post to another hour',
  access: user('write:statuses'),
  params: OneId,
  body: Type.Object({ scheduled_at: Type.String() }),
  response: ScheduledStatus,
  handle: async ({ ctx, viewer, params, body }) => {
    const { id } = await requireScheduled(ctx, viewer.accountId, params.id)
    const at = readNewSchedule(ctx, body.scheduled_at)
    await transact(ctx, (tx) => moveScheduled(tx, viewer.accountId, id, at))
    return requireScheduled(ctx, viewer.accountId, id)
  },
})

const dropRoute = route({
  method: 'DELETE',
  path: '/api/v1/scheduled_statuses/:id',
  summary: 'Let a post go that waits for its hour',
  access: user('write:statuses'),
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => dropScheduled(tx, viewer.accountId, params.id))
    return {}
  },
})

export const scheduledRoutes = [listRoute, showRoute, moveRoute, dropRoute]
