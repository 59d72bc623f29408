import type { Context } from '#platform/context'
import type { Id } from '#lib/id'
import { findPoll, isExpired } from './store.ts'

/**
 * The members that make a note a Question (federation.md b.4); undefined when the post asks nothing. Counts that are
 * hidden are left out, so that nobody takes them for none.
 */
export async function renderQuestion(ctx: Context, statusId: Id): Promise<Record<string, unknown> | undefined> {
  const poll = await findPoll(ctx, statusId)
  if (!poll) return undefined
  const isOver = isExpired(poll, ctx.clock.now())
  const isHidden = poll.hide_totals && !isOver
  const options = poll.options.map((name, index) => ({
    type: 'Note',
    name,
    replies: { type: 'Collection', ...(isHidden ? {} : { totalItems: poll.tallies[index] ?? 0 }) },
  }))
  return {
    type: 'Question',
    [poll.multiple ? 'anyOf' : 'oneOf']: options,
    ...(poll.voters_count === null ? {} : { votersCount: poll.voters_count }),
    ...(poll.expires_at === null ? {} : { endTime: poll.expires_at }),
    ...(isOver ? { closed: poll.expires_at } : {}),
  }
}
