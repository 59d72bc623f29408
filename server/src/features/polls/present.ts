import type { Poll } from '@hamlet/contract/poll'
import { presentEmojisIn } from '#features/emojis'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { findSeenPolls, isExpired, type SeenPoll } from './store.ts'

/** The polls of these posts as JSON, by post, in one query, and one more where emoji stand in them. The caller has seen to it that the viewer may see the posts. */
export async function presentPolls(
  ctx: Context,
  viewerId: Id | null,
  statusIds: readonly Id[],
): Promise<Map<Id, Poll>> {
  const now = ctx.clock.now()
  const rows = await findSeenPolls(ctx, viewerId, statusIds)
  const emojis = await presentEmojisIn(
    ctx,
    rows.map((row) => ({ host: row.host ?? '', texts: row.options })),
  )
  return new Map(
    rows.map((row, index) => [row.status_id, { ...presentPoll(row, viewerId, now), emojis: emojis[index] ?? [] }]),
  )
}

/** Hidden counts are hidden from everybody until the end, the author too (mastodon-api Part 2, Poll). */
function presentPoll(row: SeenPoll, viewerId: Id | null, now: Date): Omit<Poll, 'emojis'> {
  const expired = isExpired(row, now)
  const isHidden = row.hide_totals && !expired
  const own = row.own ?? []
  return {
    id: row.status_id,
    expires_at: row.expires_at,
    expired,
    multiple: row.multiple,
    votes_count: row.tallies.reduce((sum, count) => sum + count, 0),
    voters_count: row.voters_count,
    options: row.options.map((title, index) => ({
      title,
      votes_count: isHidden ? null : (row.tallies[index] ?? 0),
    })),
    ...(viewerId === null ? {} : { voted: viewerId === row.account_id || own.length > 0, own_votes: own }),
  }
}
