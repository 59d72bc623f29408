import { sql } from 'kysely'
import { holdMedia } from '#features/media'
import { readPoll } from '#features/polls'
import { findUserOfAccount } from '#features/users'
import { requireVisibleStatus } from '#features/visibility'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { requireQuotable } from '../quote/quote-status.ts'
import { findMentioned, readText, requireExpected } from '../write/compose.ts'
import type { NewStatus } from '../write/create-status.ts'
import { once } from '../write/idempotency.ts'
import { resolveMentions } from '../write/resolve-mentions.ts'
import { publishScheduled } from './publish-scheduled.ts'

/** mastodon-limits 1, scheduled posts. */
const SOONEST_MS = 5 * 60_000
const MOST = 300
const MOST_A_DAY = 25
/** Nobody's server is promised for longer. */
const LATEST_MS = 100 * 365 * 24 * 3_600_000

/** The hour that a client asks for; undefined for none and for one that has passed: then it is posted now (mastodon-api 1.6). */
export function readSchedule(ctx: Context, text: string | undefined): Date | undefined {
  if (!text) return undefined
  const at = readTime(text)
  return at.getTime() <= ctx.clock.now().getTime() ? undefined : requireFuture(ctx, at)
}

/** The hour to which a post is moved. */
export function readNewSchedule(ctx: Context, text: string): Date {
  return requireFuture(ctx, readTime(text))
}

function readTime(text: string): Date {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw invalid('Validation failed: Scheduled at is not a date')
  return at
}

function requireFuture(ctx: Context, at: Date): Date {
  const aheadMs = at.getTime() - ctx.clock.now().getTime()
  if (aheadMs < SOONEST_MS) throw invalid('Validation failed: Scheduled at must lie five minutes ahead or more')
  if (aheadMs > LATEST_MS) throw invalid('Validation failed: Scheduled at lies too far ahead')
  return at
}

type Scheduling = { post: NewStatus; scheduledAt: Date; key: string | undefined }

/** Keeps a post for its hour, checked as far as it can be now, once per key; gives the id of what waits. */
export async function schedulePost(ctx: Context, accountId: Id, { post, scheduledAt, key }: Scheduling): Promise<Id> {
  await resolveMentions(ctx, post.text)
  return transact(ctx, (tx) => once(tx, accountId, key, () => scheduleStatus(tx, accountId, post, scheduledAt)))
}

async function scheduleStatus(tx: Tx, accountId: Id, post: NewStatus, scheduledAt: Date): Promise<Id> {
  const mediaIds = [...new Set(post.mediaIds ?? [])]
  readText(post.text, post.spoilerText ?? '', mediaIds.length > 0 || post.quotedId !== undefined)
  requireExpected([...(await findMentioned(tx, post.text)).values()], post.allowedMentions)
  if (post.poll) readPoll(post.poll)
  if (post.quotedId !== undefined) await requireQuotable(tx, accountId, post.quotedId)
  if (post.inReplyToId !== undefined) await requireVisibleStatus(tx, accountId, post.inReplyToId)
  await requireRoom(tx, accountId, scheduledAt)
  await requireMedia(tx, accountId, mediaIds)
  const defaults = await findUserOfAccount(tx, accountId)
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  await tx.db
    .insertInto('scheduled_statuses')
    .values({
      id,
      account_id: accountId,
      scheduled_at: scheduledAt.toISOString(),
      params: JSON.stringify({ ...post, visibility: post.visibility ?? defaults?.default_privacy ?? 'public' }),
      media_ids: mediaIds,
      created_at: now.toISOString(),
    })
    .execute()
  await enqueue(tx, publishScheduled, { id, at: scheduledAt.toISOString() }, scheduledAt)
  return id
}

/** Uploads stay for the post; what is not there, or is not the author's, is refused now rather than at its hour. */
async function requireMedia(tx: Tx, accountId: Id, ids: readonly string[]): Promise<void> {
  const kept = new Set(await holdMedia(tx, accountId, ids))
  const missing = ids.filter((id) => !kept.has(id))
  if (missing.length > 0)
    throw invalid(`Validation failed: Media ${missing.join(', ')} cannot be found or belongs to another post already`)
}

/** Refuses one more when there are as many as there may be; two at once cannot both be the last. */
async function requireRoom(tx: Tx, accountId: Id, at: Date, movedId: Id = '0'): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`scheduled:${accountId}`}, 0))`.execute(tx.db)
  const day = at.toISOString().slice(0, 10)
  const found = await sql<{ all: number; that_day: number }>`
    select count(*)::int as all, count(*) filter (where (scheduled_at at time zone 'UTC')::date = ${day}::date)::int as that_day
    from scheduled_statuses where account_id = ${accountId} and id <> ${movedId}`.execute(tx.db)
  const { all = 0, that_day = 0 } = found.rows[0] ?? {}
  if (all >= MOST) throw invalid(`Validation failed: At most ${MOST} posts can wait for their hour`)
  if (that_day >= MOST_A_DAY) throw invalid(`Validation failed: At most ${MOST_A_DAY} posts can be kept for one day`)
}

/** Moves a post to another hour. The job of the old one finds that it is not meant. */
export async function moveScheduled(tx: Tx, accountId: Id, id: Id, at: Date): Promise<void> {
  await requireRoom(tx, accountId, at, id)
  const moved = await tx.db
    .updateTable('scheduled_statuses')
    .set({ scheduled_at: at.toISOString() })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .returning('id')
    .executeTakeFirst()
  if (!moved) throw notFound()
  await enqueue(tx, publishScheduled, { id, at: at.toISOString() }, at)
}
