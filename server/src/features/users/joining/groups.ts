import { sql } from 'kysely'
import { accountGone } from '#features/accounts'
import { writeAudit } from '#features/audit'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { emit } from '#platform/events'
import { enqueue } from '#platform/jobs'
import { followInviter } from '../invites/follow-inviter.ts'
import { mailApproved, mailRejected } from '../mails.ts'
import { readMark, type MarkKind } from './marks.ts'

/** Two may be alike by chance. */
const SMALLEST = 3
const MOST_GROUPS = 20
const SHOWN_NAMES = 5

export type WaitingGroup = {
  mark: string
  kind: MarkKind
  /** What they share, to read: a network, a domain, a name with # for its numbers, the reason of the first, a word of ours. */
  value: string
  count: number
  /** Of these the address is confirmed: a program seldom reads its mail. */
  confirmed: number
  usernames: string[]
  /** The newest of them: who comes later was not looked at. */
  until: Id
}

/** Sign-ups that look as if one hand had made them, the largest group first. One query. */
export async function listWaitingGroups(ctx: Context): Promise<WaitingGroup[]> {
  const { rows } = await sql<{
    mark: string
    count: number
    confirmed: number
    usernames: string[]
    until: Id
    reason: string | null
  }>`
    select mark, count(*)::int as count, count(u.confirmed_at)::int as confirmed, max(a.id)::text as until,
      (array_agg(a.username::text order by a.id))[1:${sql.lit(SHOWN_NAMES)}] as usernames,
      (array_agg(u.sign_up_reason order by a.id))[1] as reason
    from users u join user_accounts ua on ua.user_id = u.id join accounts a on a.id = ua.account_id,
      unnest(u.sign_up_marks) mark
    where u.approved_at is null and u.leaving_at is null
    group by mark having count(*) >= ${SMALLEST} order by count(*) desc, mark limit ${MOST_GROUPS}`.execute(ctx.db)
  return rows.flatMap(({ reason, ...row }) => {
    const read = readMark(row.mark)
    if (!read) return []
    return [{ ...row, kind: read.kind, value: read.kind === 'reason' ? (reason ?? '') : read.value }]
  })
}

export type Decision = 'approve' | 'reject'
export type GroupDecision = { mark: string; decision: Decision; until: Id }

type Decided = { user_id: Id; account_id: Id; email: string; locale: string | null; confirmed_at: string | null }

/**
 * Decides about everybody of a group at once, as far as the moderator saw it; whom somebody else decided about meanwhile is
 * passed over. An address that nobody confirmed gets no mail: in a flood it is somebody's who knows nothing of it.
 */
export async function decideGroup(tx: Tx, actorId: Id, { mark, decision, until }: GroupDecision): Promise<number> {
  if (!readMark(mark)) throw invalid('That is no group of sign-ups')
  const people = await takeGroup(tx, { mark, decision, until })
  for (const person of people) await settle(tx, person, decision)
  if (people.length > 0)
    await writeAudit(tx, {
      actorId,
      action: `sign-up.${decision}-group`,
      targetType: 'account',
      label: mark,
      details: { count: people.length },
    })
  return people.length
}

/** Nobody of the team is among them: whoever waits has no role yet but everybody's. */
async function takeGroup(tx: Tx, { mark, decision, until }: GroupDecision): Promise<Decided[]> {
  const now = tx.clock.now().toISOString()
  const column = sql.ref(decision === 'approve' ? 'approved_at' : 'leaving_at')
  const { rows } = await sql<Decided>`
    update users u set ${column} = ${now}, sign_up_marks = '{}'
    from user_accounts ua
    where ua.user_id = u.id and u.approved_at is null and u.leaving_at is null and ${mark} = any(u.sign_up_marks)
      and ua.account_id <= ${until} and u.role_id = -99
    returning u.id as user_id, ua.account_id, u.email, u.locale, u.confirmed_at`.execute(tx.db)
  return rows
}

async function settle(tx: Tx, person: Decided, decision: Decision): Promise<void> {
  const { user_id: userId, account_id: accountId, email, locale } = person
  const isConfirmed = person.confirmed_at !== null
  if (decision === 'reject') {
    if (isConfirmed) await enqueue(tx, mailRejected, { email, locale })
    await emit(tx, accountGone, { accountId })
  } else if (isConfirmed) {
    await enqueue(tx, mailApproved, { userId })
    await enqueue(tx, followInviter, { userId })
  }
}
