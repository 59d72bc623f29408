import { onlyVisible, requireVisibleStatus } from '#features/visibility'
import { isId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { scheduleClosing } from './close.ts'
import { noteNewCounts } from './count.ts'
import { votedElsewhere } from './events.ts'
import { holdPoll, isExpired, listChoices, type PollRow } from './store.ts'

/** What somebody chooses now, by the places of the options, and what they chose before. */
type Ballot = { voterId: Id; choices: readonly number[]; before: readonly number[] }

/**
 * Votes for somebody here. Refuses what may not be seen (404), no choice at all (400), and with 422 a poll that is over,
 * one's own, an option that is not there, and what was chosen before: in a poll with one choice anything, in one with
 * several the same option again (mastodon-api 1.6).
 */
export async function vote(tx: Tx, voterId: Id, statusId: string, choices: readonly number[]): Promise<void> {
  if (!isId(statusId)) throw notFound()
  await requireVisibleStatus(tx, voterId, statusId)
  const poll = await holdPoll(tx, statusId)
  if (!poll) throw notFound()
  const before = await listChoices(tx, statusId, voterId)
  const ballot = { voterId, choices: [...new Set(choices)], before }
  checkBallot(poll, ballot, tx.clock.now())
  await countVotes(tx, poll, ballot)
  if (poll.uri === null) return
  const castAtMs = tx.clock.now().getTime()
  await emit(tx, votedElsewhere, { statusId, voterId, choices: ballot.choices, castAtMs })
  if (poll.expires_at !== null) await scheduleClosing(tx, statusId, poll.expires_at, 'theirs')
}

function checkBallot(poll: PollRow, { voterId, choices, before }: Ballot, now: Date): void {
  if (choices.length === 0) throw new Refusal('badRequest', 'Required parameter choices is missing or empty')
  if (isExpired(poll, now)) throw invalid('Validation failed: This poll is over')
  if (poll.account_id === voterId) throw invalid('Validation failed: You cannot vote in your own poll')
  if (choices.some((choice) => poll.options[choice] === undefined))
    throw invalid('Validation failed: The poll has no such option')
  if (!poll.multiple && choices.length > 1) throw invalid('Validation failed: Only one option can be chosen')
  const isRepeated = poll.multiple ? choices.some((choice) => before.includes(choice)) : before.length > 0
  if (isRepeated) throw invalid('Validation failed: You have voted in this poll already')
}

/**
 * Takes a vote from another server by the name of its option: once per option, only while the poll is open, and only
 * from whoever may see it. Anything else is passed over in silence (federation.md b.4).
 */
export async function takeVote(tx: Tx, voterId: Id, statusId: Id, name: string): Promise<void> {
  const [visible] = await onlyVisible(tx, voterId, [statusId])
  const poll = visible && (await holdPoll(tx, statusId))
  if (!poll || poll.uri !== null || poll.account_id === voterId || isExpired(poll, tx.clock.now())) return
  const choice = poll.options.indexOf(name)
  const before = await listChoices(tx, statusId, voterId)
  if (choice < 0 || before.includes(choice) || (!poll.multiple && before.length > 0)) return
  await countVotes(tx, poll, { voterId, choices: [choice], before })
}

/** Writes votes down and counts them; the caller holds the poll and has seen that they are new. */
async function countVotes(tx: Tx, poll: PollRow, { voterId, choices, before }: Ballot): Promise<void> {
  const { status_id } = poll
  const created_at = tx.clock.now().toISOString()
  await tx.db
    .insertInto('poll_votes')
    .values(choices.map((choice) => ({ status_id, account_id: voterId, choice, created_at })))
    .execute()
  const tallies = poll.tallies.map((count, index) => (choices.includes(index) ? count + 1 : count))
  const voters_count = poll.voters_count === null ? null : poll.voters_count + Number(before.length === 0)
  await tx.db.updateTable('polls').set({ tallies, voters_count }).where('status_id', '=', status_id).execute()
  if (poll.uri === null) await noteNewCounts(tx, poll)
}
