import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { accountUpdated } from './update-account.ts'

/** Somebody moved, here or elsewhere, and whoever follows them here is to follow the other account. */
export const accountMoved = defineEvent<{ accountId: Id; targetId: Id; isLocal: boolean }>('accounts.moved')

/** Who an account says that it also is; its followers' servers are told. */
export async function setAliases(tx: Tx, accountId: Id, uris: readonly string[]): Promise<void> {
  await tx.db
    .updateTable('accounts')
    .set((eb) => ({ also_known_as: [...uris], version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute()
  await emit(tx, accountUpdated, { accountId })
}

/** Shows where an account went, or that it is back. True when that is new; of our own the followers' servers are told. */
export async function redirectAccount(tx: Tx, accountId: Id, targetId: Id | null): Promise<boolean> {
  const changed = await tx.db
    .updateTable('accounts')
    .set((eb) => ({ moved_to_account_id: targetId, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .where('moved_to_account_id', 'is distinct from', targetId)
    .returning('fetched_at')
    .executeTakeFirst()
  if (changed?.fetched_at === null) await emit(tx, accountUpdated, { accountId })
  return changed !== undefined
}

/**
 * A move that is to be believed: it is shown, and whoever follows here goes along. `restMs` is how long ago the last one
 * must be; false when it is not, and nothing happened.
 */
export async function moveAccount(tx: Tx, accountId: Id, targetId: Id, restMs: number): Promise<boolean> {
  const now = tx.clock.now()
  const before = new Date(now.getTime() - restMs).toISOString()
  const moved = await tx.db
    .updateTable('accounts')
    .set((eb) => ({ moved_at: now.toISOString(), version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .where((eb) => eb.or([eb('moved_at', 'is', null), eb('moved_at', '<', before)]))
    .returning('fetched_at')
    .executeTakeFirst()
  if (!moved) return false
  await redirectAccount(tx, accountId, targetId)
  await emit(tx, accountMoved, { accountId, targetId, isLocal: moved.fetched_at === null })
  return true
}
