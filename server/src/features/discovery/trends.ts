import { sql } from 'kysely'
import { visibleTo, welcomeTo } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type Window = { limit: number; offset: number }

/** Ids of posts that are talked about, the most first: those that the reader may see and wants to. */
export async function listTrendingStatuses(ctx: Context, viewerId: Id | null, page: Window): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select s.id from trending_statuses t join statuses s on s.id = t.status_id
    where s.visibility = 'public' and ${visibleTo(viewerId)} and ${welcomeTo(ctx, viewerId)}
    order by t.score desc, s.id desc limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}

/** Names of hashtags that are talked about, the most first. */
export async function listTrendingTags(ctx: Context, page: Window): Promise<string[]> {
  const found = await ctx.db
    .selectFrom('trending_tags')
    .select('name')
    .orderBy('score', 'desc')
    .orderBy('name')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return found.map((row) => row.name)
}

export type LinkRow = { card_id: Id; status_id: Id }

/** Links that are talked about, the most first, each with an open post that leads there. */
export async function listTrendingLinks(ctx: Context, page: Window): Promise<LinkRow[]> {
  const found = await sql<LinkRow>`
    select l.card_id, l.status_id from trending_links l join statuses s on s.id = l.status_id
    where s.visibility = 'public' and ${visibleTo(null)}
    order by l.score desc, l.card_id limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows
}
