import { writeAudit } from '#features/audit'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { removeDomainPolicy, setDomainPolicy } from '../policies/change.ts'
import { findPolicyOf } from '../policies/store.ts'
import type { DraftRow } from './store.ts'

/** Takes a change that a list asks for, or leaves it; gives false where somebody has decided it already. */
export async function decideDraft(tx: Tx, actorId: Id, draft: DraftRow, isAccepted: boolean): Promise<boolean> {
  const at = tx.clock.now().toISOString()
  const taken = await tx.db
    .updateTable('domain_drafts')
    .set({ state: isAccepted ? 'accepted' : 'declined', decided_at: at })
    .where('id', '=', draft.id)
    .where('state', '=', 'open')
    .returning('id')
    .executeTakeFirst()
  if (!taken) return false
  if (!isAccepted) {
    const [targetType, targetId] = ['domain' as const, draft.list_id]
    await writeAudit(tx, { actorId, action: 'domain-list.decline', targetType, targetId, label: draft.host })
    return true
  }
  await (draft.change === 'gone' ? retract(tx, actorId, draft) : apply(tx, actorId, draft))
  return true
}

async function retract(tx: Tx, actorId: Id, { host, list_id }: DraftRow): Promise<void> {
  const known = await tx.db.selectFrom('domain_policies').select('list_id').where('host', '=', host).executeTakeFirst()
  // What was decided by hand meanwhile stays.
  if (known?.list_id === list_id) await removeDomainPolicy(tx, actorId, host)
}

async function apply(tx: Tx, actorId: Id, draft: DraftRow): Promise<void> {
  const before = await findPolicyOf(tx, draft.host)
  await setDomainPolicy(tx, actorId, draft.host, {
    severity: draft.severity,
    rejectMedia: draft.reject_media,
    rejectReports: draft.reject_reports,
    obfuscate: draft.obfuscate,
    ...(before?.public_comment ? {} : { publicComment: draft.reason }),
  })
  await tx.db.updateTable('domain_policies').set({ list_id: draft.list_id }).where('host', '=', draft.host).execute()
}
