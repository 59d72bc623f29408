import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Hearing } from '#features/streaming'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { hasFollowedTag, homeFeed, isInFeed, listFeed } from './people-feeds.ts'
import { findReasonsOf, type FeedReason } from './present.ts'

/** Who hears a post on which stream and, where the stream is a feed of people, why it stands there. */
export type Kept = { hearing: Hearing; reason?: FeedReason | undefined }

export function byName(hearings: readonly Hearing[], ...names: string[]): Hearing[] {
  return hearings.filter((one) => names.includes(one.name))
}

/** Of these listeners, those for whom a feed's rule holds of a post. One query, however many. */
export async function keep(
  ctx: Context,
  id: Id,
  hearings: readonly Hearing[],
  rule: (reader: RawBuilder<unknown>) => RawBuilder<SqlBool>,
): Promise<Hearing[]> {
  const people = [...new Set(hearings.map((one) => one.accountId))]
  if (people.length === 0) return []
  const found = await sql<{ id: Id }>`
    select reader.id from unnest(${people}::bigint[]) as reader (id)
    where exists (select 1 from statuses s where s.id = ${id} and ${rule(sql`reader.id`)})`.execute(ctx.db)
  const shown = new Set(found.rows.map((row) => row.id))
  return hearings.filter((one) => shown.has(one.accountId))
}

/** Whoever follows the author, or a hashtag of the post, is found first: few of many listeners. */
export async function keepHome(ctx: Context, id: Id, hearings: readonly Hearing[]): Promise<Kept[]> {
  const near = await keep(
    ctx,
    id,
    hearings,
    (reader) => sql<SqlBool>`(s.account_id = ${reader} or exists (
      select 1 from follows f where f.account_id = ${reader} and f.target_account_id = s.account_id and f.state = 'accepted')
      or ${hasFollowedTag(reader)})`,
  )
  const kept = await keep(ctx, id, near, (reader) => isInFeed(ctx, homeFeed(reader)))
  if (kept.length === 0) return []
  const reasons = await findReasonsOf(ctx, id, [...new Set(kept.map((one) => one.accountId))])
  return kept.map((hearing) => ({ hearing, reason: reasons.get(hearing.accountId) }))
}

/** Whose lists show a post. One query, however many lists. */
export async function keepLists(ctx: Context, id: Id, hearings: readonly Hearing[]): Promise<Kept[]> {
  const ids = [...new Set(hearings.map((one) => one.param))].filter((one) => one !== undefined)
  if (ids.length === 0) return []
  const feed = listFeed({ reader: sql`own.account_id`, id: sql`own.id`, policy: sql`own.replies_policy` })
  const found = await sql<{ id: Id; account_id: Id; title: string }>`
    select own.id, own.account_id, own.title from lists own where own.id = any(${ids}::bigint[])
      and exists (select 1 from statuses s where s.id = ${id} and ${isInFeed(ctx, feed)})`.execute(ctx.db)
  const shown = new Map(found.rows.map((row) => [row.id, row]))
  return hearings.flatMap((hearing) => {
    const list = shown.get(hearing.param ?? '')
    if (list?.account_id !== hearing.accountId) return []
    return [{ hearing, reason: { kind: 'list', list_id: list.id, title: list.title } as const }]
  })
}
