import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { passwordChanged } from './confirm.ts'
import { makeLink } from './links.ts'
import { signedOut } from './own-sessions.ts'
import { endSessions, hashSecret } from './sessions.ts'
import { findUserByEmail } from './store.ts'

export type Undone = { key: string } | 'over' | 'taken'

/**
 * Puts back the address that a person had before, by the link in the letter to it. Whoever changed it knew the password: it
 * counts no longer, every session and token ends, and the key that is given chooses another. Links that went to the addresses
 * after this one end. `over` when the link was used, altered or is too old; `taken` when the address is somebody else's by now
 * (reliability EM-04).
 */
export async function undoEmail(tx: Tx, secret: string): Promise<Undone> {
  const link = await tx.db
    .selectFrom('one_time_links')
    .select(['id', 'user_id', 'email'])
    .where('kind', '=', 'undo-email')
    .where('secret_hash', '=', hashSecret(secret))
    .where('expires_at', '>', tx.clock.now().toISOString())
    .forUpdate()
    .executeTakeFirst()
  if (!link?.user_id || link.email === null) return 'over'
  const holder = await findUserByEmail(tx, link.email)
  if (holder && holder.id !== link.user_id) return 'taken'
  const back = await tx.db
    .updateTable('users')
    .set({ email: link.email, new_email: null, password_hash: null })
    .where('id', '=', link.user_id)
    .where('leaving_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!back) return 'over'
  await endLinks(tx, link.user_id, link.id)
  await endSessions(tx, link.user_id)
  await emit(tx, signedOut, { userId: link.user_id })
  await emit(tx, passwordChanged, { userId: link.user_id })
  return { key: await makeLink(tx, 'password', link.user_id) }
}

/** All but those that lead further back. */
async function endLinks(tx: Tx, userId: Id, from: Id): Promise<void> {
  await tx.db
    .deleteFrom('one_time_links')
    .where('user_id', '=', userId)
    .where((eb) => eb.or([eb('kind', '!=', 'undo-email'), eb('id', '>=', from)]))
    .execute()
}
