import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import type { Told } from './types.ts'

/** More than so many events on one post in so long are a surge (web-spec 4.6). */
const SURGE_EVENTS = 30
const SURGE_MS = 10 * 60_000

const since = (ctx: Context) => new Date(ctx.clock.now().getTime() - SURGE_MS).toISOString()

/**
 * Answers to a post on which much happens at once, or which its author rests from, become one row: for who asks for
 * mentions in groups. One statement; it passes over rows that another process is about to group.
 */
export async function groupSurging(tx: Tx, told: readonly Told[]): Promise<void> {
  const answered = told.filter((one) => one.about_id !== null && !one.filtered)
  if (answered.length === 0) return
  const receivers = answered.map((one) => one.account_id)
  const posts = answered.map((one) => one.about_id)
  await sql`
    update notifications n set group_key = 'surge-' || n.about_id where n.id in (
      select m.id from notifications m
      join (select * from unnest(${receivers}::bigint[], ${posts}::bigint[]) as t (account_id, about_id)) t using (account_id, about_id)
      where m.type = 'mention' and m.group_key is null and not m.filtered and m.created_at > ${since(tx)}::timestamptz
        and (m.quiet or (select count(*) from notifications e where e.account_id = t.account_id and e.about_id = t.about_id
          and not e.filtered and e.created_at > ${since(tx)}::timestamptz) > ${SURGE_EVENTS})
      for update of m skip locked)`.execute(tx.db)
}

export type Busy = { events: number; isSurge: boolean; pausedUntil: string | null }

/** How much happened lately on these posts of a reader, and until when they rest from them. One query. */
export async function findBusy(ctx: Context, viewerId: Id, postIds: readonly Id[]): Promise<Map<Id, Busy>> {
  const found = await sql<{ id: Id; events: number; ends_at: string | null }>`
    select post.id, (select count(*)::int from notifications e where e.account_id = ${viewerId} and e.about_id = post.id
        and not e.filtered and e.created_at > ${since(ctx)}::timestamptz) as events,
      (select p.ends_at from notification_pauses p where p.account_id = ${viewerId} and p.status_id = post.id
        and p.ends_at > ${ctx.clock.now().toISOString()}::timestamptz) as ends_at
    from unnest(${[...new Set(postIds)]}::bigint[]) as post (id)`.execute(ctx.db)
  return new Map(
    found.rows.map((row) => [
      row.id,
      { events: row.events, isSurge: row.events > SURGE_EVENTS, pausedUntil: row.ends_at },
    ]),
  )
}
