import type { ScheduledStatus } from '@hamlet/contract/scheduled'
import { presentOwnMedia } from '#features/media'
import type { NewPoll } from '#features/polls'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { PageRequest } from '#platform/db'
import { listScheduled, type ScheduledRow } from '../scheduled/store.ts'

/** Posts that wait for their hour, newest first, in two queries. */
export async function presentScheduled(
  ctx: Context,
  accountId: Id,
  wanted: { ids: readonly Id[] } | { page: PageRequest },
): Promise<ScheduledStatus[]> {
  const rows = (await listScheduled(ctx, accountId, wanted)).toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1))
  const media = await presentOwnMedia(
    ctx,
    accountId,
    rows.flatMap((row) => row.media_ids),
  )
  return rows.map((row) => ({
    id: row.id,
    scheduled_at: row.scheduled_at,
    params: presentParams(row),
    media_attachments: row.media_ids.map((id) => media.get(id)).filter((one) => one !== undefined),
  }))
}

/** One of them; refuses (404) what does not wait for its hour, and what is somebody else's. */
export async function requireScheduled(ctx: Context, accountId: Id, id: string): Promise<ScheduledStatus> {
  const [shown] = isId(id) ? await presentScheduled(ctx, accountId, { ids: [id] }) : []
  if (!shown) throw notFound()
  return shown
}

/** What is always null or false is so with Mastodon too: what it notes for itself (mastodon-api Part 2, ScheduledStatus). */
function presentParams({ params, media_ids }: ScheduledRow): ScheduledStatus['params'] {
  return {
    text: params.text,
    media_ids: media_ids.length > 0 ? media_ids : null,
    sensitive: params.sensitive ?? null,
    spoiler_text: params.spoilerText ?? null,
    visibility: params.visibility ?? 'public',
    language: params.language ?? null,
    scheduled_at: null,
    poll: params.poll ? presentPoll(params.poll) : null,
    idempotency: null,
    with_rate_limit: false,
    // A JSON number, since apps expect one; none of them looks an app up by it.
    application_id: Number(params.applicationId ?? 0),
    in_reply_to_id: params.inReplyToId ?? null,
    quoted_status_id: params.quotedId ?? null,
    quote_approval_policy: params.quotePolicy ?? null,
    allowed_mentions: params.allowedMentions ? [...params.allowedMentions] : null,
  }
}

function presentPoll({ options = [], expiresIn = 0, multiple = false, hideTotals = false }: NewPoll) {
  return { options: [...options], expires_in: expiresIn, multiple, hide_totals: hideTotals }
}
