import { writeAudit } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { requireOtherHost } from '../policies/change.ts'

export type NoteRow = { id: Id; author_account_id: Id | null; text: string; created_at: string }

const MOST = 100

/** What the team wrote about a server, the oldest first. One query. */
export async function listNotes(ctx: Context, host: string): Promise<NoteRow[]> {
  return ctx.db
    .selectFrom('domain_notes')
    .select(['id', 'author_account_id', 'text', 'created_at'])
    .where('host', '=', host)
    .orderBy('id')
    .limit(MOST)
    .execute()
}

export async function addNote(tx: Tx, authorId: Id, host: string, text: string): Promise<void> {
  const name = requireOtherHost(tx, host)
  if (text.trim() === '') throw invalid("Validation failed: Text can't be blank")
  const now = tx.clock.now()
  const row = { host: name, author_account_id: authorId, text: text.trim(), created_at: now.toISOString() }
  await tx.db
    .insertInto('domain_notes')
    .values({ id: makeId(now.getTime()), ...row })
    .execute()
  await writeAudit(tx, { actorId: authorId, action: 'domain.note', targetType: 'domain', label: name })
}

export async function removeNote(tx: Tx, actorId: Id, id: Id): Promise<void> {
  const gone = await tx.db.deleteFrom('domain_notes').where('id', '=', id).returning('host').executeTakeFirst()
  if (!gone) throw notFound()
  await writeAudit(tx, { actorId, action: 'domain.remove-note', targetType: 'domain', label: gone.host })
}

/** What was written stays; who wrote it, no longer. */
export async function forgetAuthor(tx: Tx, accountId: Id): Promise<void> {
  await tx.db
    .updateTable('domain_notes')
    .set({ author_account_id: null })
    .where('author_account_id', '=', accountId)
    .execute()
}
