import { Status } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { refreshPoll } from '#features/polls'
import { findLedger } from '#federation'
import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { reader, route, user } from '#platform/http'
import { presentStatuses } from '../present/present-statuses.ts'
import { findStatus } from '../store.ts'
import { presentOwn } from '../present/present-held.ts'
import { requireScheduled } from '../present/present-scheduled.ts'
import { readSchedule, schedulePost } from '../scheduled/schedule-status.ts'
import { deleteStatus } from '../write/delete-status.ts'
import { HoldFor, NewPost, readKey, readNewStatus, writePosts } from './new-status.ts'

const OneId = Type.Object({ id: Type.String() })
const MOST_IDS = 20

const createRoute = route({
  method: 'POST',
  path: '/api/v1/statuses',
  summary: 'Write a post',
  access: user('write:statuses'),
  body: Type.Object({ ...NewPost.properties, hold_for: HoldFor, scheduled_at: Type.Optional(Type.String()) }),
  response: Type.Union([Type.Ref('Status'), Type.Ref('ScheduledStatus')]),
  limit: { family: 'statuses', max: 300, windowMs: 3 * 3_600_000 },
  handle: async ({ ctx, viewer, body, headers }) => {
    const key = readKey(headers)
    const post = readNewStatus(viewer, body)
    const scheduledAt = readSchedule(ctx, body.scheduled_at)
    if (scheduledAt) {
      const id = await schedulePost(ctx, viewer.accountId, { post, scheduledAt, key })
      return requireScheduled(ctx, viewer.accountId, id)
    }
    return requireOne(await writePosts(ctx, viewer.accountId, { posts: [post], holdFor: body.hold_for, key }))
  },
})

const listRoute = route({
  method: 'GET',
  path: '/api/v1/statuses',
  summary: 'Show several posts',
  access: reader('read:statuses'),
  query: Type.Object({ id: Type.Optional(Type.Array(Type.String())) }),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, query }) => {
    const ids = query.id ?? []
    if (ids.length > MOST_IDS) throw invalid(`Validation failed: at most ${MOST_IDS} posts can be asked for at once`)
    return presentStatuses(ctx, viewer?.accountId ?? null, ids)
  },
})

const showRoute = route({
  method: 'GET',
  path: '/api/v1/statuses/:id',
  summary: 'Show a post',
  access: reader('read:statuses'),
  params: OneId,
  response: Status,
  handle: async ({ ctx, viewer, params }) => {
    if (!viewer?.accountId) return requireOne(await presentStatuses(ctx, null, [params.id]))
    const shown = requireOne(await presentOwn(ctx, viewer.accountId, [params.id]))
    if (shown.poll) await refreshPoll(ctx, shown.poll.id)
    return addLedger(ctx, viewer.accountId, shown)
  },
})

const deleteRoute = route({
  method: 'DELETE',
  path: '/api/v1/statuses/:id',
  summary: 'Delete a post of your own; the answer holds its text, to write it anew',
  access: user('write:statuses'),
  params: OneId,
  query: Type.Object({ delete_media: Type.Optional(Type.Boolean()) }),
  body: Type.Object({ delete_media: Type.Optional(Type.Boolean()) }),
  response: Status,
  limit: { family: 'deletions', max: 30, windowMs: 30 * 60_000 },
  handle: async ({ ctx, viewer, params, query, body }) => {
    const shown = requireOne(await presentOwn(ctx, viewer.accountId, [params.id]))
    const { content: _, ...rest } = shown
    const text = (await findStatus(ctx, shown.id))?.text ?? ''
    const media = (query.delete_media ?? body.delete_media) ? 'delete' : 'keep'
    await transact(ctx, (tx) => deleteStatus(tx, viewer.accountId, shown.id, media))
    return { ...rest, text }
  },
})

/** Authors are told how far their post has come; nobody else. A member of ours beside Mastodon's. */
async function addLedger(ctx: Context, viewerId: Id, status: Status): Promise<Status> {
  if (status.account.id !== viewerId) return status
  const deliveries = (await findLedger(ctx, [status.id])).get(status.id)
  return deliveries ? { ...status, hamlet: { ...status.hamlet, deliveries } } : status
}

export function requireOne(statuses: Status[]): Status {
  const [status] = statuses
  if (!status) throw notFound()
  return status
}

export const postRoutes = [createRoute, listRoute, showRoute, deleteRoute]
