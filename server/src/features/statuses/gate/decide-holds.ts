import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { settleHold, takeHolds, type HoldRow } from '#features/gates'
import type { RemoteQuote } from '#federation'
import { compareIds, type Id } from '#lib/id'
import { plainText } from '#lib/plain-text'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findQuotable } from '../held/find-quotable.ts'
import { dropGroup } from '../held/drop-held.ts'
import { findNoteParts, type NoteParts } from '../note.ts'
import { goLive } from '../write/go-live.ts'
import { statusEdited } from '../write/edit-status.ts'
import { showNote } from './remote.ts'

/** A moderator let a post through that waited, or did not. */
export const holdDecided = defineEvent<{ holdId: Id; authorId: Id; isLocal: boolean; isApproved: boolean }>(
  'statuses.hold-decided',
)

export type Decision = 'approved' | 'rejected'

/** As much of a post as its author is shown again when it was not let through. */
const KEPT = 600

/**
 * Lets posts through that wait, with the date that they have, or does not let them through: these are deleted, and
 * their author is told. What somebody else decided meanwhile is left as it is. Gives the ids that were decided now.
 */
export async function decideHolds(tx: Tx, actorId: Id, ids: readonly Id[], decision: Decision): Promise<Id[]> {
  const asked = await takeHolds(tx, ids)
  const others = await findKin(
    tx,
    asked.map((hold) => hold.status_id),
    decision,
  )
  const holds = [...asked, ...(await takeHolds(tx, others, 'status_id'))].sort((a, b) =>
    compareIds(a.status_id, b.status_id),
  )
  const statusIds = holds.map((hold) => hold.status_id)
  await sql`select 1 from statuses where id = any(${statusIds}::bigint[]) order by id for update`.execute(tx.db)
  for (const hold of holds) await decideOne(tx, actorId, hold, decision)
  return holds.map((hold) => hold.id)
}

/** What waits with these in one thread of one author: what they answer is let through with them, and what answers them goes with them. */
async function findKin(tx: Tx, ids: readonly Id[], decision: Decision): Promise<Id[]> {
  const next = decision === 'approved' ? sql`k.parent_id = s.id` : sql`s.in_reply_to_id = k.id`
  const found = await sql<{ id: Id }>`
    with recursive kin (id, parent_id, account_id) as (
      select id, in_reply_to_id, account_id from statuses where id = any(${[...ids]}::bigint[])
      union
      select s.id, s.in_reply_to_id, s.account_id from kin k join statuses s on ${next}
        and s.state = 'held' and s.account_id = k.account_id)
    select id from kin`.execute(tx.db)
  return found.rows.map((row) => row.id).filter((id) => !ids.includes(id))
}

async function decideOne(tx: Tx, actorId: Id, hold: HoldRow, decision: Decision): Promise<void> {
  const parts = await findNoteParts(tx, hold.status_id)
  // Whoever was suspended meanwhile publishes nothing.
  const isApproved = decision === 'approved' && parts !== undefined && parts.author.suspended_at === null
  const words = parts ? [parts.row.spoiler_text, plainText(parts.row.content)].filter(Boolean).join('\n') : ''
  // Settled first: dropping a post takes a hold along that is still open.
  const excerpt = isApproved || hold.host !== null ? '' : words.slice(0, KEPT)
  await settleHold(tx, hold.id, { decision: isApproved ? 'approved' : 'rejected', actorId, excerpt })
  if (isApproved) await show(tx, hold, parts)
  else await drop(tx, hold, parts)
  await writeAudit(tx, {
    actorId,
    action: isApproved ? 'status.approve' : 'status.reject',
    targetType: 'status',
    targetId: hold.status_id,
    label: parts ? labelOf(parts) : '',
  })
  await emit(tx, holdDecided, { holdId: hold.id, authorId: hold.account_id, isLocal: hold.host === null, isApproved })
}

const labelOf = ({ author }: NoteParts) => (author.is_local ? author.username : `${author.username}@${author.host}`)

async function show(tx: Tx, hold: HoldRow, { row, author, mentioned }: NoteParts): Promise<void> {
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ state: 'live', version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .execute()
  const mentionsLocals = mentioned.some((person) => person.is_local)
  if (hold.was_live) {
    const isLocal = row.is_local
    return emit(tx, statusEdited, { statusId: row.id, authorId: author.id, isLocal, newlyMentioned: [] })
  }
  if (!row.is_local) {
    const quote = (hold.quote ?? undefined) as RemoteQuote | undefined
    return showNote(tx, row.id, { quote, depth: 0, mentionsLocals })
  }
  const { id, text, content, visibility, in_reply_to_id: parentId } = row
  const quoted = hold.quoted_status_id === null ? undefined : await findQuotable(tx, author.id, hold.quoted_status_id)
  await goLive(tx, { id, authorId: author.id, text, content, visibility, parentId, mentionsLocals }, quoted)
}

/** What came from elsewhere leaves a mark, so that it is not taken in when it comes again. */
async function drop(tx: Tx, hold: HoldRow, parts: NoteParts | undefined): Promise<void> {
  if (!parts) return
  await dropGroup(tx, [hold.status_id], 'delete')
  if (parts.row.is_local) return
  await tx.db
    .insertInto('status_tombstones')
    .values({ uri: parts.row.uri, deleted_at: tx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
