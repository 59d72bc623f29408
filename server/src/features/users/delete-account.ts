import { sql } from 'kysely'
import { requireAccount, retireAccount, setWithdrawn } from '#features/accounts'
import { readSettings } from '#features/settings'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { emit } from '#platform/events'
import type { UserViewer } from '#platform/http'
import { enqueue } from '#platform/jobs'
import { refuseField } from './create-user.ts'
import { requireSelf } from './require-self.ts'
import { mailDeletionAsked } from './mails.ts'
import { endSessions } from './sessions.ts'
import { listAccountsOf } from './take-deletion-back.ts'
import { userFrozen } from './team/freeze.ts'

const DAY_MS = 24 * 3_600_000

export type DeletionWish = { password: string; username: string; isNow: boolean }

/**
 * Asks for everything of a person to be erased: hidden from now on, erased after the days that the server gives, or at
 * once. Until then signing in takes it back. Refuses who does not know the password, or types another name.
 */
export async function askForDeletion(ctx: Context, viewer: UserViewer, wish: DeletionWish): Promise<string> {
  const { userId, accountId } = viewer
  await requireSelf(ctx, viewer, wish.password)
  const { username } = await requireAccount(ctx, accountId)
  const typed = wish.username.trim().replace(/^@/, '').toLowerCase()
  if (![username, `${username}@${ctx.config.domain}`].some((name) => name.toLowerCase() === typed))
    throw refuseField('username', 'ERR_INVALID', 'is not the name of this account')
  const days = wish.isNow ? 0 : Number((await readSettings(ctx)).deletion_days)
  return transact(ctx, async (tx) => {
    const due = new Date(tx.clock.now().getTime() + days * DAY_MS).toISOString()
    const asked = await tx.db
      .updateTable('users')
      .set({ deletion_due_at: due })
      .where('id', '=', userId)
      .where('deletion_due_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    // Whoever asked for it is signed out by that, and a second press with them.
    if (!asked) throw new Refusal('unauthorized', 'You are signed out')
    if (wish.isNow) await leaveForGood(tx, userId)
    else {
      for (const id of await listAccountsOf(tx, userId)) await setWithdrawn(tx, id, true)
      await enqueue(tx, mailDeletionAsked, { userId })
    }
    await endSessions(tx, userId)
    await emit(tx, userFrozen, { userId })
    return due
  })
}

/** Begins to erase somebody, with all accounts of theirs; the work goes on by itself, whatever interrupts it. */
export async function leaveForGood(tx: Tx, userId: Id): Promise<void> {
  const now = tx.clock.now().toISOString()
  const leaving = await tx.db
    .updateTable('users')
    .set((eb) => ({ leaving_at: now, deletion_due_at: eb.fn.coalesce('deletion_due_at', eb.val(now)) }))
    .where('id', '=', userId)
    .where('leaving_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!leaving) return
  await endSessions(tx, userId)
  for (const id of await listAccountsOf(tx, userId)) await retireAccount(tx, id)
}

/** Begins to erase one account. Whoever acts for another that is not suspended keeps that, and can still sign in. */
export async function eraseAccountOf(tx: Tx, userId: Id, accountId: Id): Promise<void> {
  const others = await sql`
    select 1 from user_accounts ua join accounts a on a.id = ua.account_id
    where ua.user_id = ${userId} and a.id <> ${accountId} and a.suspended_at is null limit 1`.execute(tx.db)
  if (others.rows.length === 0) return leaveForGood(tx, userId)
  await retireAccount(tx, accountId)
}

/** Those whose days are over. One transaction each. */
export async function deleteDue(ctx: Context): Promise<void> {
  const due = await sql<{ id: Id }>`
    select id from users where deletion_due_at <= ${ctx.clock.now().toISOString()} and leaving_at is null limit 500`.execute(
    ctx.db,
  )
  // oxlint-disable-next-line no-await-in-loop -- one after another
  for (const { id } of due.rows) await transact(ctx, (tx) => leaveForGood(tx, id))
}
