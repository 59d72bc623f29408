import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { isOwn } from '../policies/change.ts'
import type { PolicyRow } from '../policies/store.ts'
import { diffList, keyOf, type Change, type Difference, type Wanted } from './diff.ts'
import { readList, type Entry } from './read-list.ts'

export type NewList = { name: string; url: string | null }

/** A list that the team reads from now on; its name says where it is from. */
export async function addList(tx: Tx, actorId: Id, { name, url }: NewList): Promise<Id> {
  const label = name.trim()
  if (label === '') throw invalid("Validation failed: Name can't be blank")
  const now = tx.clock.now()
  const added = await tx.db
    .insertInto('domain_lists')
    .values({ id: makeId(now.getTime()), name: label, url, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) throw invalid('Validation failed: Name has already been taken')
  await writeAudit(tx, { actorId, action: 'domain-list.add', targetType: 'domain', targetId: added.id, label })
  return added.id
}

/** Servers stay as they are treated; from now on that was decided by hand. */
export async function removeList(tx: Tx, actorId: Id, id: Id): Promise<void> {
  for (const table of ['domain_drafts', 'domain_list_entries'] as const)
    await tx.db.deleteFrom(table).where('list_id', '=', id).execute()
  await tx.db.updateTable('domain_policies').set({ list_id: null }).where('list_id', '=', id).execute()
  const gone = await tx.db.deleteFrom('domain_lists').where('id', '=', id).returning('name').executeTakeFirst()
  if (!gone) throw notFound()
  await writeAudit(tx, { actorId, action: 'domain-list.remove', targetType: 'domain', targetId: id, label: gone.name })
}

/** Takes in what a list says now. Nothing is treated otherwise by that: what differs waits as drafts. */
export async function importList(tx: Tx, id: Id, content: string): Promise<Difference & { unread: number }> {
  const { entries, unread } = readList(content)
  if (entries.length === 0) throw invalid('Validation failed: No server is named there')
  const list = await tx.db.selectFrom('domain_lists').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!list) throw notFound()
  await replaceEntries(tx, id, entries)
  const difference = diffList(entries, await findToday(tx, id))
  await replaceDrafts(tx, id, difference.drafts)
  const at = tx.clock.now().toISOString()
  await tx.db
    .updateTable('domain_lists')
    .set({ imported_at: at, tried_at: at, problem: null })
    .where('id', '=', id)
    .execute()
  return { ...difference, unread }
}

async function findToday(tx: Tx, listId: Id) {
  const policies = await sql<PolicyRow & { list_id: Id | null }>`
    select id, host, severity, reject_media, reject_reports, obfuscate, private_comment, public_comment, expires_at, created_at, list_id
    from domain_policies`.execute(tx.db)
  const declined = await sql<Wanted & { change: Change }>`
    select host, change, severity, reject_media, reject_reports from domain_drafts
    where list_id = ${listId} and state = 'declined'`.execute(tx.db)
  return {
    listId,
    policies: policies.rows,
    declined: new Set(declined.rows.map(keyOf)),
    isOwn: (host: string) => isOwn(tx, host),
  }
}

/** As rows that PostgreSQL takes as one parameter, however many they are. */
const asRows = (rows: readonly object[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)`

async function replaceEntries(tx: Tx, listId: Id, entries: readonly Entry[]): Promise<void> {
  await tx.db.deleteFrom('domain_list_entries').where('list_id', '=', listId).execute()
  await sql`
    insert into domain_list_entries (list_id, host, severity, reject_media, reject_reports, obfuscate, reason)
    select ${listId}, r.* from ${asRows(entries)} as r(host text, severity text, reject_media boolean, reject_reports boolean,
      obfuscate boolean, reason text)`.execute(tx.db)
}

/** What is asked for still keeps its row, with what it says now; what is not asked for any more goes. */
async function replaceDrafts(tx: Tx, listId: Id, drafts: readonly Wanted[]): Promise<void> {
  await sql`
    delete from domain_drafts d where d.list_id = ${listId} and d.state = 'open'
      and not exists (select 1 from ${asRows(drafts)} as r(host text) where r.host = d.host)`.execute(tx.db)
  const now = tx.clock.now()
  const rows = drafts.map((draft) => ({ id: makeId(now.getTime()), ...draft }))
  await sql`
    insert into domain_drafts (list_id, created_at, id, host, change, severity, reject_media, reject_reports, obfuscate, reason)
    select ${listId}, ${now.toISOString()}::timestamptz, r.* from ${asRows(rows)} as r(id bigint, host text, change text, severity text,
      reject_media boolean, reject_reports boolean, obfuscate boolean, reason text)
    on conflict (list_id, host) where state = 'open' do update set change = excluded.change, severity = excluded.severity,
      reject_media = excluded.reject_media, reject_reports = excluded.reject_reports, obfuscate = excluded.obfuscate,
      reason = excluded.reason`.execute(tx.db)
}
