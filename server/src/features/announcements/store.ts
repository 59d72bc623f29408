import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'

const columns = [
  'id',
  'text',
  'starts_at',
  'ends_at',
  'all_day',
  'scheduled_at',
  'published_at',
  'mention_ids',
  'updated_at',
] as const

export type AnnouncementRow = Awaited<ReturnType<typeof listAnnouncements>>[number]
export type State = 'published' | 'scheduled' | 'draft' | 'over'

const DAY_MS = 24 * 3_600_000
/** More than any team has to say: what a page of the team shows, and what readers are shown at once. */
const MOST = 200

/** All of them as the team sees them, the newest first. One query. */
export async function listAnnouncements({ db }: Pick<Context, 'db'>) {
  return db.selectFrom('announcements').select(columns).orderBy('id', 'desc').limit(MOST).execute()
}

/** What everybody here is told, in the order in which it happens or was published (mastodon-api 1.15). One query. */
export async function listPublished(ctx: Context): Promise<AnnouncementRow[]> {
  return ctx.db
    .selectFrom('announcements')
    .select(columns)
    .where('published_at', 'is not', null)
    .orderBy(sql`coalesce(starts_at, published_at)`)
    .orderBy('id')
    .limit(MOST)
    .execute()
}

export async function findAnnouncement(ctx: Context, id: Id): Promise<AnnouncementRow | undefined> {
  return ctx.db.selectFrom('announcements').select(columns).where('id', '=', id).executeTakeFirst()
}

/** Nobody else changes it until this transaction ends. Refuses (404) what is not there. */
export async function lockAnnouncement(tx: Tx, id: string): Promise<AnnouncementRow> {
  const row = isId(id)
    ? await tx.db.selectFrom('announcements').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
    : undefined
  if (!row) throw notFound()
  return row
}

/** The same for whoever reads: what is not published is not there. */
export async function lockPublished(tx: Tx, id: string): Promise<AnnouncementRow> {
  const row = await lockAnnouncement(tx, id)
  if (row.published_at === null) throw notFound()
  return row
}

/** When it stops being true: a whole day lasts until its end. */
export function endOf({ ends_at, all_day }: Pick<AnnouncementRow, 'ends_at' | 'all_day'>): number {
  return ends_at === null ? Number.POSITIVE_INFINITY : Date.parse(ends_at) + (all_day ? DAY_MS : 0)
}

export function stateOf(row: AnnouncementRow, now: Date): State {
  if (row.published_at !== null) return 'published'
  if (endOf(row) <= now.getTime()) return 'over'
  return row.scheduled_at === null ? 'draft' : 'scheduled'
}
