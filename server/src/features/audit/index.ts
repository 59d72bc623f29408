/** Purpose: who of the team did what: written in the same transaction as the act. Owns: audit_log. Events: none. */
import { makeId, type Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { defineRoom, none } from '#platform/room'

export type AuditEntry = {
  /** Null for whoever gives commands to the server itself. */
  actorId: Id | null
  action: string
  targetType:
    | 'account'
    | 'status'
    | 'report'
    | 'domain'
    | 'appeal'
    | 'name'
    | 'mail-domain'
    | 'announcement'
    | 'role'
    | 'content-rule'
    | 'job'
    | 'network'
    | 'mailbox'
    | 'invite'
    | 'settings'
  targetId?: Id
  /** How the target was called then: it may be gone when somebody reads this. */
  label: string
  details?: Record<string, unknown>
}

export async function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const now = tx.clock.now()
  await tx.db
    .insertInto('audit_log')
    .values({
      id: makeId(now.getTime()),
      actor_account_id: entry.actorId,
      action: entry.action,
      target_type: entry.targetType,
      target_id: entry.targetId ?? null,
      target_label: entry.label,
      details: JSON.stringify(entry.details ?? {}),
      created_at: now.toISOString(),
    })
    .execute()
}

/** The newest acts of the team. One query. */
export async function listAudit(ctx: Context, limit: number) {
  return ctx.db
    .selectFrom('audit_log')
    .select(['id', 'actor_account_id', 'action', 'target_type', 'target_id', 'target_label', 'created_at'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export const audit = defineRoom({
  name: 'audit',
  erase: async (tx, accountId) => {
    // The act stays on the books; who it was about and who did it, no longer.
    await tx.db
      .updateTable('audit_log')
      .set({ actor_account_id: null })
      .where('actor_account_id', '=', accountId)
      .execute()
    await tx.db
      .updateTable('audit_log')
      .set({ target_id: null, target_label: '' })
      .where('target_id', '=', accountId)
      .execute()
  },
  takeout: none('what the team did belongs to the server'),
})
