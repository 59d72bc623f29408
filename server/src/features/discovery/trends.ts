import { sql } from 'kysely'
import { visibleTo, welcomeTo } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { mayShow, postReviews, readUsual } from './reviews.ts'

export type Window = { limit: number; offset: number }

/** Ids of posts that are talked about, the most first: those that the team lets be, and the reader may see and wants to. */
export async function listTrendingStatuses(ctx: Context, viewerId: Id | null, page: Window): Promise<Id[]> {
  const { isOn, usual } = await readUsual(ctx)
  if (!isOn) return []
  const found = await sql<{ id: Id }>`
    select s.id from trending_statuses t join statuses s on s.id = t.status_id ${postReviews}
    where s.visibility = 'public' and ${mayShow.status(usual)} and ${visibleTo(viewerId)} and ${welcomeTo(ctx, viewerId)}
    order by t.score desc, s.id desc limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}

/** Names of hashtags that are talked about, the most first. */
export async function listTrendingTags(ctx: Context, page: Window): Promise<string[]> {
  const { isOn, usual } = await readUsual(ctx)
  if (!isOn) return []
  const found = await sql<{ name: string }>`
    select t.name from trending_tags t left join tags g on g.name = t.name
    where ${mayShow.tag(usual)} and g.usable is not false and g.listable is not false
    order by t.score desc, t.name limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows.map((row) => row.name)
}

export type LinkRow = { card_id: Id; status_id: Id }

/** Links that are talked about, the most first, each with an open post that leads there. */
export async function listTrendingLinks(ctx: Context, page: Window): Promise<LinkRow[]> {
  const { isOn, usual } = await readUsual(ctx)
  if (!isOn) return []
  const found = await sql<LinkRow>`
    select l.card_id, l.status_id from trending_links l join statuses s on s.id = l.status_id
    join link_cards c on c.id = l.card_id left join link_publishers p on p.host = c.host
    left join trend_reviews r on r.kind = 'link' and r.subject_id = l.card_id
    where s.visibility = 'public' and ${mayShow.link(usual)} and ${visibleTo(null)}
    order by l.score desc, l.card_id limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows
}
