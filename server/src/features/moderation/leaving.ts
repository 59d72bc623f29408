import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { dropEvidenceFiles } from './cases/evidence/files.ts'

export async function eraseModeration(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('rule_trials').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('strikes').where('target_account_id', '=', accountId).execute()
  await tx.db
    .updateTable('strikes')
    .set({ moderator_account_id: null })
    .where('moderator_account_id', '=', accountId)
    .execute()
  await eraseEvidence(tx, accountId)
  await tx.db.deleteFrom('case_looks').where('moderator_id', '=', accountId).execute()
  await tx.db.deleteFrom('moderation_views').where('moderator_id', '=', accountId).execute()
  await tx.db.deleteFrom('bulk_decisions').where('moderator_id', '=', accountId).execute()
  await tx.db.deleteFrom('bulk_items').where('target_account_id', '=', accountId).execute()
  await tx.db.deleteFrom('evidence_reveals').where('moderator_id', '=', accountId).execute()
  await tx.db
    .deleteFrom('reports')
    .where((eb) => eb.or([eb('reporter_account_id', '=', accountId), eb('target_account_id', '=', accountId)]))
    .execute()
  await tx.db
    .updateTable('reports')
    .set({ assigned_account_id: null })
    .where('assigned_account_id', '=', accountId)
    .execute()
  await tx.db
    .updateTable('reports')
    .set({ resolved_by_account_id: null })
    .where('resolved_by_account_id', '=', accountId)
    .execute()
}

/** What the account said around reported posts, and everything that was kept with reports by it and about it. */
async function eraseEvidence(tx: Tx, accountId: Id): Promise<void> {
  const gone = await sql<{ file_key: string | null }>`
    delete from report_media m using report_evidence e, reports r
    where e.report_id = m.report_id and e.status_id = m.status_id and r.id = m.report_id
      and (e.account_id = ${accountId} or r.reporter_account_id = ${accountId} or r.target_account_id = ${accountId})
    returning m.file_key`.execute(tx.db)
  await tx.db.deleteFrom('report_evidence').where('account_id', '=', accountId).execute()
  await dropEvidenceFiles(
    tx,
    gone.rows.map((row) => row.file_key),
  )
}

/** What a person reported, and what was decided about them; never who reported them. */
export async function takeOutModeration(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const reports = await ctx.db
    .selectFrom('reports')
    .select(['id', 'target_account_id', 'category', 'comment', 'status_ids', 'forwarded', 'created_at', 'outcome'])
    .where('reporter_account_id', '=', accountId)
    .execute()
  const strikes = await ctx.db
    .selectFrom('strikes')
    .select(['id', 'action', 'text', 'created_at'])
    .where('target_account_id', '=', accountId)
    .execute()
  return { reports, strikes }
}
