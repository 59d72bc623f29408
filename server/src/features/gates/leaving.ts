import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** Rules stay without whoever wrote them; what they did to an account's posts goes with it. */
export async function eraseGates(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('content_rule_hits').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('content_holds').where('account_id', '=', accountId).execute()
  await sql`update content_rule_versions set account_id = null where account_id = ${accountId}`.execute(tx.db)
  await sql`update content_rule_hits set undone_by = null where undone_by = ${accountId}`.execute(tx.db)
  await sql`update content_holds set decided_by = null where decided_by = ${accountId}`.execute(tx.db)
}

/** What rules did to posts of a server, and of those below its name, and what of them waited. */
export async function eraseServerGates(tx: Tx, host: string): Promise<void> {
  await sql`delete from content_rule_hits where ${host} = any(host_and_parents(host))`.execute(tx.db)
  await sql`delete from content_holds where ${host} = any(host_and_parents(host))`.execute(tx.db)
}

/** What was done to a person's posts, and why they wait or were not let through; never by whom. */
export async function takeOutGates(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const hits = await sql`
    select h.status_id, h.effects, h.created_at, h.undone_at, r.public_text from content_rule_hits h
    join content_rules r on r.id = h.rule_id where h.account_id = ${accountId} order by h.id`.execute(ctx.db)
  const holds = await sql`
    select status_id, reason, decision, decided_at, excerpt, created_at from content_holds
    where account_id = ${accountId} order by id`.execute(ctx.db)
  return { hits: hits.rows, holds: holds.rows }
}
