import { findEntities } from '@hamlet/contract/text'
import { sql } from 'kysely'
import { findAccountByAcct } from '#features/accounts'
import { writeAudit, type AuditAction } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { announcementPublished, announcementWithdrawn } from './events.ts'
import type { Wish } from './read-wish.ts'
import { endOf, findAnnouncement, lockAnnouncement, type AnnouncementRow } from './store.ts'

/** Who of the team does it; null is whoever gives the server a command. */
type Actor = Id | null

const MOST_MENTIONED = 20
const LABEL = 80

/** Writes one, published at once unless it waits for its hour or is to stay a draft. The same text twice is one too many. */
export async function createAnnouncement(tx: Tx, actorId: Actor, wish: Wish, isDraft = false): Promise<Id> {
  await requireOwnText(tx, wish.text)
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  const at = now.toISOString()
  const isPublished = !isDraft && wish.scheduled_at === null
  requireTime(tx, wish, isPublished)
  await tx.db
    .insertInto('announcements')
    .values({
      id,
      ...wish,
      mention_ids: await findMentioned(tx, wish.text),
      published_at: isPublished ? at : null,
      created_at: at,
      updated_at: at,
    })
    .execute()
  await note(tx, actorId, isPublished ? 'announcement.publish' : 'announcement.write', { id, text: wish.text })
  if (isPublished) await emit(tx, announcementPublished, { announcementId: id })
  return id
}

/** Changes what it says; readers of a published one are shown the new words. Nothing new is no change. */
export async function changeAnnouncement(tx: Tx, actorId: Actor, id: string, wish: Wish): Promise<void> {
  await requireOwnText(tx, wish.text, id)
  const before = await lockAnnouncement(tx, id)
  const isPublished = before.published_at !== null
  requireTime(tx, wish, isPublished)
  const scheduled_at = isPublished ? null : wish.scheduled_at
  const names = ['text', 'starts_at', 'ends_at', 'all_day'] as const
  if (names.every((name) => before[name] === wish[name]) && before.scheduled_at === scheduled_at) return
  const mention_ids = await findMentioned(tx, wish.text)
  await tx.db
    .updateTable('announcements')
    .set({ ...wish, scheduled_at, mention_ids, updated_at: tx.clock.now().toISOString() })
    .where('id', '=', id)
    .execute()
  await note(tx, actorId, 'announcement.change', { id, text: wish.text })
  if (isPublished) await emit(tx, announcementPublished, { announcementId: id })
}

/** Shows it to everybody now. Once it is published, it is. */
export async function publishAnnouncement(tx: Tx, actorId: Actor, id: string): Promise<void> {
  const row = await lockAnnouncement(tx, id)
  if (row.published_at !== null) return
  requireTime(tx, row, true)
  await setPublished(tx, row, tx.clock.now().toISOString())
  await note(tx, actorId, 'announcement.publish', row)
}

/** Shows it to the team alone again. */
export async function unpublishAnnouncement(tx: Tx, actorId: Actor, id: string): Promise<void> {
  const row = await lockAnnouncement(tx, id)
  if (row.published_at === null) return
  await setPublished(tx, row, null)
  await note(tx, actorId, 'announcement.unpublish', row)
}

/** With everything that people answered to it. */
export async function deleteAnnouncement(tx: Tx, actorId: Actor, id: string): Promise<void> {
  const row = await lockAnnouncement(tx, id)
  await tx.db.deleteFrom('announcements').where('id', '=', row.id).execute()
  await note(tx, actorId, 'announcement.delete', row)
  if (row.published_at !== null) await emit(tx, announcementWithdrawn, { announcementId: row.id })
}

/** Nobody of the team stands behind it: the hour had come. */
export async function setPublished(tx: Tx, row: AnnouncementRow, publishedAt: string | null): Promise<void> {
  await tx.db
    .updateTable('announcements')
    .set({ published_at: publishedAt, scheduled_at: null })
    .where('id', '=', row.id)
    .execute()
  await emit(tx, publishedAt === null ? announcementWithdrawn : announcementPublished, { announcementId: row.id })
}

/** Two presses of one button write one announcement. Whoever writes waits for whoever writes already. */
async function requireOwnText(tx: Tx, text: string, own?: string): Promise<void> {
  await sql`lock table announcements in share row exclusive mode`.execute(tx.db)
  const others = await tx.db.selectFrom('announcements').select('id').where('text', '=', text).execute()
  if (own !== undefined && others.length > 0 && !(await findAnnouncement(tx, own))) throw notFound()
  if (others.some((other) => other.id !== own)) throw invalid('Validation failed: Text is that of another announcement')
}

function requireTime(tx: Tx, wish: Pick<Wish, 'ends_at' | 'all_day'>, isPublished: boolean): void {
  if (isPublished && endOf(wish) <= tx.clock.now().getTime())
    throw invalid('Validation failed: Ends at has passed already')
}

/** The people named in a text whom this server knows. */
async function findMentioned(tx: Tx, text: string): Promise<Id[]> {
  const handles = findEntities(text).flatMap((entity) =>
    entity.kind === 'mention' ? [entity.domain ? `${entity.username}@${entity.domain}` : entity.username] : [],
  )
  const ids = new Set<Id>()
  for (const handle of [...new Set(handles)].slice(0, MOST_MENTIONED)) {
    const account = await findAccountByAcct(tx, handle)
    if (account) ids.add(account.id)
  }
  return [...ids]
}

async function note(
  tx: Tx,
  actorId: Actor,
  action: AuditAction,
  { id, text }: { id: Id; text: string },
): Promise<void> {
  const label = Array.from(text).slice(0, LABEL).join('')
  await writeAudit(tx, { actorId, action, targetType: 'announcement', targetId: id, label })
}
