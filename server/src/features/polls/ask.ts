import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { scheduleClosing } from './close.ts'
import { readPoll, type NewPoll } from './read-poll.ts'
import { holdPoll, type PollRow } from './store.ts'

/** Gives a new post of ours its question, in the caller's transaction. */
export async function askPoll(tx: Tx, authorId: Id, statusId: Id, poll: NewPoll): Promise<void> {
  const { options, expiresIn, multiple, hideTotals } = readPoll(poll)
  if (expiresIn === undefined) throw invalid('Validation failed: Poll needs expires_in, in seconds')
  const expires_at = endOf(tx, expiresIn)
  await tx.db
    .insertInto('polls')
    .values({
      status_id: statusId,
      account_id: authorId,
      options,
      tallies: options.map(() => 0),
      voters_count: 0,
      multiple,
      hide_totals: hideTotals,
      expires_at,
      created_at: tx.clock.now().toISOString(),
    })
    .execute()
  await scheduleClosing(tx, statusId, expires_at, 'ours')
}

function endOf(tx: Tx, expiresIn: number): string {
  return new Date(tx.clock.now().getTime() + expiresIn * 1000).toISOString()
}

/**
 * Gives an edited post of ours the question that it has now; without one it asks nothing more. True when that changed
 * anything. Other options, or another number of choices, take all votes along (mastodon-api 1.6, PUT).
 */
export async function askAgain(tx: Tx, authorId: Id, statusId: Id, poll: NewPoll | undefined): Promise<boolean> {
  const before = await holdPoll(tx, statusId)
  if (!poll) {
    if (before) await forgetPolls(tx, [statusId])
    return before !== undefined
  }
  if (before) return changePoll(tx, before, poll)
  await askPoll(tx, authorId, statusId, poll)
  return true
}

async function changePoll(tx: Tx, before: PollRow, poll: NewPoll): Promise<boolean> {
  const { options, expiresIn, multiple, hideTotals } = readPoll(poll)
  const end = expiresIn === undefined ? before.expires_at : endOf(tx, expiresIn)
  const asksOtherwise = multiple !== before.multiple || !isSame(options, before.options)
  const isMoved = end !== before.expires_at
  if (!asksOtherwise && !isMoved && hideTotals === before.hide_totals) return false
  if (asksOtherwise) await dropVotes(tx, before.status_id)
  await tx.db
    .updateTable('polls')
    .set({
      options,
      multiple,
      hide_totals: hideTotals,
      expires_at: end,
      ...(asksOtherwise ? { tallies: options.map(() => 0), voters_count: 0 } : {}),
      ...(isMoved ? { closed_at: null } : {}),
    })
    .where('status_id', '=', before.status_id)
    .execute()
  if (isMoved && end !== null) await scheduleClosing(tx, before.status_id, end, 'ours')
  return true
}

export function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index])
}

export async function dropVotes(tx: Tx, statusId: Id): Promise<void> {
  await tx.db.deleteFrom('poll_votes').where('status_id', '=', statusId).execute()
}

/** Takes the questions of posts away, with all votes: with the post, or when it asks nothing more. */
export async function forgetPolls(tx: Tx, statusIds: readonly Id[]): Promise<void> {
  if (statusIds.length === 0) return
  await sql`delete from polls where status_id = any(${[...statusIds]}::bigint[])`.execute(tx.db)
}
