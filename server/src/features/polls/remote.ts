import type { RemoteQuestion } from '#federation'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { dropVotes, forgetPolls, isSame } from './ask.ts'
import { scheduleClosing } from './close.ts'
import { pollCounted } from './events.ts'
import { holdPoll, isExpired, listVoters, type PollRow } from './store.ts'

type Asked = { authorId: Id; statusId: Id; uri: string }

/**
 * Gives a post from elsewhere the question that it asks now; none takes an earlier one away. Other options, or another
 * number of choices, are another question: votes from here are gone (federation.md b.4).
 */
export async function setRemotePoll(tx: Tx, asked: Asked, question: RemoteQuestion | undefined): Promise<void> {
  const { statusId, authorId, uri } = asked
  const before = await holdPoll(tx, statusId)
  if (!question) return before && forgetPolls(tx, [statusId])
  if (before) {
    if (!isAlike(before, question)) await dropVotes(tx, statusId)
    return keepCounts(tx, before, question)
  }
  const now = tx.clock.now().toISOString()
  const times = { created_at: now, fetched_at: now, expires_at: question.endsAt?.toISOString() ?? null }
  await tx.db
    .insertInto('polls')
    .values({ status_id: statusId, account_id: authorId, uri, ...times, ...rowOf(question) })
    .execute()
}

/** Takes in what another server counted, where it counts the options that are known here. Anything else is left. */
export async function takeCounts(tx: Tx, statusId: Id, question: RemoteQuestion | undefined): Promise<void> {
  const before = question && (await holdPoll(tx, statusId))
  if (!before || before.uri === null || !isAlike(before, question)) return
  const isNew =
    question.votersCount !== before.voters_count ||
    question.hidesTotals !== before.hide_totals ||
    question.options.some(({ votes }, index) => votes !== before.tallies[index]) ||
    endOf(tx, before, question) !== before.expires_at
  await keepCounts(tx, before, question)
  if (isNew) await emit(tx, pollCounted, { statusId, isLocal: false })
}

async function keepCounts(tx: Tx, before: PollRow, question: RemoteQuestion): Promise<void> {
  const { status_id } = before
  const end = endOf(tx, before, question)
  const isMoved = end !== before.expires_at
  await tx.db
    .updateTable('polls')
    .set({
      ...rowOf(question),
      expires_at: end,
      fetched_at: tx.clock.now().toISOString(),
      ...(isMoved ? { closed_at: null } : {}),
    })
    .where('status_id', '=', status_id)
    .execute()
  if (!isMoved || end === null) return
  if ((await listVoters(tx, status_id, 'here')).length > 0) await scheduleClosing(tx, status_id, end, 'theirs')
}

/** What was over stays over since then: some say only that it is, and not since when. */
function endOf(tx: Tx, before: PollRow, { endsAt }: RemoteQuestion): string | null {
  const now = tx.clock.now()
  if (endsAt && endsAt <= now && isExpired(before, now)) return before.expires_at
  return endsAt?.toISOString() ?? null
}

function rowOf(question: RemoteQuestion) {
  return {
    options: question.options.map((option) => option.title),
    tallies: question.options.map((option) => option.votes),
    voters_count: question.votersCount,
    multiple: question.isMultiple,
    hide_totals: question.hidesTotals,
  }
}

function isAlike(before: PollRow, question: RemoteQuestion): boolean {
  const titles = question.options.map((option) => option.title)
  return before.multiple === question.isMultiple && isSame(titles, before.options)
}
