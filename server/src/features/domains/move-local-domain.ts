import type { Host } from '#lib/host'
import { Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { requireLocalDomain } from './local-domain.ts'

/** Renames the server while no other server knows it. Gives the old host; the caller rewrites addresses. */
export async function moveLocalDomain(tx: Tx, host: Host): Promise<Host> {
  const stored = await requireLocalDomain(tx)
  if (stored.federated_at) {
    throw new Refusal('conflict', `Other servers know this one as ${stored.host}, so its name cannot change any more.`)
  }
  await tx.db.updateTable('domains').set({ host }).where('id', '=', stored.id).execute()
  return stored.host
}
