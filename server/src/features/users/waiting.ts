import { sql } from 'kysely'
import { accountGone } from '#features/accounts'
import { writeAudit } from '#features/audit'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { pageBounds, type PageRequest } from '#platform/db'
import { emit } from '#platform/events'
import { enqueue } from '#platform/jobs'
import { followInviter } from './invites/follow-inviter.ts'
import { userLetIn } from './let-in.ts'
import { mailApproved, mailRejected } from './mails.ts'

export type WaitingRow = Awaited<ReturnType<typeof listWaiting>>[number]

/**
 * People who signed up and whom no moderator has let in or turned away: the longest waiting first. With a mark those alone
 * who carry it. One query.
 */
export async function listWaiting(ctx: Context, page: PageRequest, mark?: string) {
  return selectWaiting(ctx, mark)
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .innerJoin('accounts', 'accounts.id', 'user_accounts.account_id')
    .leftJoin('invites', 'invites.id', 'users.invite_id')
    .leftJoin('user_accounts as theirs', 'theirs.user_id', 'invites.user_id')
    .leftJoin('accounts as inviter', 'inviter.id', 'theirs.account_id')
    .select([
      'accounts.id',
      'accounts.username',
      'users.email',
      'users.sign_up_reason',
      'users.sign_up_application_id',
      'users.sign_up_ip',
      'users.sign_up_marks',
      'users.confirmed_at',
      'users.created_at',
      'inviter.username as invited_by',
    ])
    .where(pageBounds(sql.ref('accounts.id'), page))
    .orderBy('accounts.id')
    .limit(page.limit)
    .execute()
}

export async function countWaiting(ctx: Context): Promise<number> {
  const row = await selectWaiting(ctx)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function selectWaiting(ctx: Context, mark?: string) {
  const all = ctx.db.selectFrom('users').where('users.approved_at', 'is', null).where('users.leaving_at', 'is', null)
  return mark === undefined ? all : all.where(sql<boolean>`${mark} = any(users.sign_up_marks)`)
}

/** Lets somebody in; whoever has not confirmed the address yet is in as soon as they have. */
export async function approveSignUp(tx: Tx, actorId: Id | null, accountId: Id): Promise<void> {
  const { userId, username, confirmed_at: confirmedAt } = await decide(tx, accountId, 'approved_at')
  await enqueue(tx, mailApproved, { userId })
  if (confirmedAt !== null) {
    await enqueue(tx, followInviter, { userId })
    await emit(tx, userLetIn, { userId })
  }
  await writeAudit(tx, {
    actorId,
    action: 'sign-up.approve',
    targetType: 'account',
    targetId: accountId,
    label: username,
  })
}

/** Turns somebody away: all of them is erased, and name and address are free again (mastodon-api 1.17, reject). */
export async function rejectSignUp(tx: Tx, actorId: Id | null, accountId: Id): Promise<void> {
  const { email, locale, username } = await decide(tx, accountId, 'leaving_at')
  await enqueue(tx, mailRejected, { email, locale })
  // Without the id: erasing what has it would take the name too, and the team could not tell whom they turned away.
  await writeAudit(tx, { actorId, action: 'sign-up.reject', targetType: 'account', label: username })
  await emit(tx, accountGone, { accountId })
}

/** Of two who decide at once one wins; for the other, nobody waits here any more. */
async function decide(tx: Tx, accountId: Id, column: 'approved_at' | 'leaving_at') {
  const decided = await tx.db
    .updateTable('users')
    .from('user_accounts')
    .innerJoin('accounts', 'accounts.id', 'user_accounts.account_id')
    .set({ [column]: tx.clock.now().toISOString(), sign_up_marks: [] })
    .whereRef('users.id', '=', 'user_accounts.user_id')
    .where('accounts.id', '=', accountId)
    .where('users.approved_at', 'is', null)
    .where('users.leaving_at', 'is', null)
    .returning(['users.id as userId', 'users.email', 'users.locale', 'users.confirmed_at', 'accounts.username'])
    .executeTakeFirst()
  if (!decided) throw notFound('This sign-up is decided already, or never was.')
  return decided
}

/** mastodon-limits.md, account: those who have not confirmed their address go after seven days. */
const UNCONFIRMED_MS = 7 * 24 * 3_600_000

/** Erases sign-ups whose address nobody confirmed, unless a newer link to do so still works. */
export async function pruneUnconfirmed(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const before = new Date(now.getTime() - UNCONFIRMED_MS).toISOString()
  await transact(ctx, async (tx) => {
    const gone = await sql<{ account_id: Id }>`
      with gone as (
        update users set leaving_at = ${now.toISOString()}
        where confirmed_at is null and leaving_at is null and created_at < ${before} and not exists (
          select 1 from one_time_links l
          where l.user_id = users.id and l.kind = 'confirm' and l.expires_at > ${now.toISOString()})
        returning id)
      select ua.account_id from gone join user_accounts ua on ua.user_id = gone.id`.execute(tx.db)
    for (const { account_id: accountId } of gone.rows) await emit(tx, accountGone, { accountId })
  })
}
