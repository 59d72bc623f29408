import { findAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { requireTarget } from '../act.ts'
import { labelOf } from '../label.ts'
import { findReport } from '../store.ts'

/** What a note is about. */
export type Subject = { accountId: Id } | { reportId: Id }
export type NoteRow = Awaited<ReturnType<typeof listNotes>>[number]

const LONGEST = 2000
const MOST = 200

/** What the team wrote down for itself, the oldest first. One query. */
export async function listNotes(ctx: Context, subject: Subject) {
  const [column, id] =
    'accountId' in subject
      ? (['target_account_id', subject.accountId] as const)
      : (['report_id', subject.reportId] as const)
  return ctx.db
    .selectFrom('moderation_notes')
    .select(['id', 'author_account_id', 'text', 'created_at'])
    .where(column, '=', id)
    .orderBy('id')
    .limit(MOST)
    .execute()
}

export async function writeNote(tx: Tx, actorId: Id, subject: Subject, given: string): Promise<void> {
  const text = given.trim()
  if (text === '') throw invalid("Validation failed: Content can't be blank")
  if (Array.from(text).length > LONGEST)
    throw invalid(`Validation failed: Content is too long (maximum is ${LONGEST} characters)`)
  const about = await requireSubject(tx, subject)
  const now = tx.clock.now()
  await tx.db
    .insertInto('moderation_notes')
    .values({
      id: makeId(now.getTime()),
      author_account_id: actorId,
      target_account_id: 'accountId' in subject ? subject.accountId : null,
      report_id: 'reportId' in subject ? subject.reportId : null,
      text,
      created_at: now.toISOString(),
    })
    .execute()
  await writeAudit(tx, { actorId, action: 'note.create', ...about })
}

/** Takes one's own note away; those of colleagues are theirs. */
export async function deleteNote(tx: Tx, actorId: Id, noteId: Id): Promise<void> {
  const row = await tx.db
    .selectFrom('moderation_notes')
    .select(['author_account_id', 'target_account_id', 'report_id'])
    .where('id', '=', noteId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  if (row.author_account_id !== actorId) throw new Refusal('forbidden', 'This note is of somebody else')
  const subject =
    row.target_account_id === null ? { reportId: row.report_id ?? '' } : { accountId: row.target_account_id }
  await tx.db.deleteFrom('moderation_notes').where('id', '=', noteId).execute()
  await writeAudit(tx, { actorId, action: 'note.delete', ...(await requireSubject(tx, subject)) })
}

async function requireSubject(tx: Tx, subject: Subject) {
  if ('accountId' in subject) {
    const target = await requireTarget(tx, subject.accountId)
    return { targetType: 'account' as const, targetId: target.id, label: labelOf(target) }
  }
  const report = await findReport(tx, subject.reportId)
  if (!report) throw notFound()
  const target = await findAccount(tx, report.target_account_id)
  return { targetType: 'report' as const, targetId: report.id, label: target ? labelOf(target) : '' }
}
