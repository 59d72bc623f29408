import { sql } from 'kysely'
import { policyFor } from '#features/domains'
import { forgetPicturesOf, withholdOwned } from '#features/media'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { enqueue } from '#platform/jobs'
import { settlePictures } from './settle-pictures.ts'

export type Standing = 'suspended' | 'limited' | 'sensitized'
/** `isLocal` accounts tell their followers elsewhere. */
export const accountStandingChanged = defineEvent<{
  accountId: Id
  standing: Standing
  isOn: boolean
  isLocal: boolean
}>('accounts.standing-changed')

/**
 * Suspends or limits an account, marks all its media as sensitive, or ends that; of who is suspended no picture of another server stays here. Gives whether anything changed: a second press does nothing.
 */
export async function setStanding(tx: Tx, accountId: Id, standing: Standing, isOn: boolean): Promise<boolean> {
  const column = `${standing}_at` as const
  if (standing === 'suspended' && (await takeOver(tx, accountId, isOn))) return isOn
  if (standing === 'suspended' && !isOn && (await leaveToServer(tx, accountId))) return false
  if (isOn) await keepBeyondServer(tx, accountId, standing)
  const changed = await tx.db
    .updateTable('accounts')
    .set((eb) => ({
      [column]: isOn ? tx.clock.now().toISOString() : null,
      ...(isOn || standing === 'sensitized' ? {} : { [`${standing}_with_server`]: false }),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .where(column, isOn ? 'is' : 'is not', null)
    .returning('fetched_at')
    .executeTakeFirst()
  if (!changed) return false
  if (standing === 'suspended' && isOn) await forgetPicturesOf(tx, accountId)
  if (standing === 'suspended') await withholdFiles(tx, accountId, isOn)
  await emit(tx, accountStandingChanged, { accountId, standing, isOn, isLocal: changed.fetched_at === null })
  return true
}

/**
 * Whoever withdrew their own account is suspended by nobody but themselves. When the team suspends them too, it is the
 * team's suspension from then on, and signing in does not end it; what the team did not begin, it does not end.
 */
async function takeOver(tx: Tx, accountId: Id, isOn: boolean): Promise<boolean> {
  const withdrawn = tx.db.updateTable('accounts').set((eb) => ({ withdrawn_at: isOn ? null : eb.ref('withdrawn_at') }))
  const row = await withdrawn
    .where('id', '=', accountId)
    .where('withdrawn_at', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Hides all of an account at its owner's wish, who may come back; or that it is back. Twice is once. */
export async function setWithdrawn(tx: Tx, accountId: Id, isOn: boolean): Promise<void> {
  const at = isOn ? tx.clock.now().toISOString() : null
  const changed = await tx.db
    .updateTable('accounts')
    .set((eb) => ({ withdrawn_at: at, suspended_at: at, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .where((eb) => (isOn ? eb('suspended_at', 'is', null) : eb('withdrawn_at', 'is not', null)))
    .returning('id')
    .executeTakeFirst()
  if (!changed) return
  await withholdFiles(tx, accountId, isOn)
  await emit(tx, accountStandingChanged, { accountId, standing: 'suspended', isOn, isLocal: true })
}

/** What they uploaded is under no address while they are suspended. */
async function withholdFiles(tx: Tx, accountId: Id, isOn: boolean): Promise<void> {
  await withholdOwned(tx, accountId, isOn)
  await enqueue(tx, settlePictures, { accountId })
}

/** Somebody whose server is shut out is not let in by themselves: they stay suspended with it, and are let go with it. */
async function leaveToServer(tx: Tx, accountId: Id): Promise<boolean> {
  const left = await sql`
    update accounts a set suspended_with_server = true from domains d
    where a.id = ${accountId} and d.id = a.domain_id and not d.is_local and a.suspended_at is not null
      and (select p.severity from ${policyFor(sql`d.host`)} p) = 'suspend' returning a.id`.execute(tx.db)
  return left.rows.length > 0
}

/** Whoever was suspended or limited with their server, and is now by hand, stays so when the server is let go. */
async function keepBeyondServer(tx: Tx, accountId: Id, standing: Standing): Promise<void> {
  if (standing === 'sensitized') return
  await tx.db
    .updateTable('accounts')
    .set({ [`${standing}_with_server`]: false })
    .where('id', '=', accountId)
    .execute()
}
