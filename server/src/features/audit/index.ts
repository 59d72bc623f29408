/** Purpose: who of the team did what: written in the same transaction as the act. Owns: audit_log. Events: none. */
import type { AuditAction } from '@hamlet/contract/audit'
import { sql } from 'kysely'
import { makeId, type Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import { defineRoom, none } from '#platform/room'

export type { AuditAction }
export type AuditEntry = {
  /** Null for whoever gives commands to the server itself. */
  actorId: Id | null
  action: AuditAction
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
    | 'preset'
    | 'setting'
    | 'job'
    | 'network'
    | 'mailbox'
    | 'invite'
    | 'settings'
    | 'tag'
    | 'link'
    | 'publisher'
    | 'emoji'
    | 'webhook'
    | 'letter'
    | 'server-rule'
    | 'terms'
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

export type AuditFilter = {
  actorId?: Id | undefined
  /** A whole action (`account.suspend`), or all of a kind (`account`). */
  action?: string | undefined
  targetType?: string | undefined
  targetId?: Id | undefined
  /** A part of how the target was called. */
  label?: string | undefined
}
export type AuditRow = Awaited<ReturnType<typeof listAudit>>[number]

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** What the team did, the newest first. One query. */
export async function listAudit(ctx: Context, filter: AuditFilter, page: PageRequest) {
  const { actorId, action, targetType, targetId, label } = filter
  let query = ctx.db
    .selectFrom('audit_log')
    .select([
      'id',
      'actor_account_id',
      'action',
      'target_type',
      'target_id',
      'target_label',
      sql<Record<string, unknown>>`details`.as('details'),
      'created_at',
    ])
    .where(pageBounds(sql.ref('id'), page))
    .orderBy('id', pageOrder(page))
    .limit(page.limit)
  if (actorId !== undefined) query = query.where('actor_account_id', '=', actorId)
  if (action)
    query = query.where((eb) => eb.or([eb('action', '=', action), eb('action', 'like', `${escapeLike(action)}.%`)]))
  if (targetType) query = query.where('target_type', '=', targetType)
  if (targetId !== undefined) query = query.where('target_id', '=', targetId)
  if (label) query = query.where(sql<string>`lower(target_label)`, 'like', `%${escapeLike(label.toLowerCase())}%`)
  const rows = await query.execute()
  return page.minId === undefined ? rows : rows.toReversed()
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
