import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { visibleTo } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import { mayShow, postReviews, readUsual, waits, type PublisherRow } from './reviews.ts'
import type { Window } from './trends.ts'

export type ReviewState = 'pending_review' | 'approved' | 'rejected'
export type Reviewed = { requires_review: boolean; trendable: boolean }
export type Wanted = Window & { status?: ReviewState | undefined }

type Answers = { shown: RawBuilder<boolean>; waiting: RawBuilder<SqlBool> }

/** What the team asks for: all, or what waits, is shown, or is kept out by a decision. */
function isWanted(status: ReviewState | undefined, { shown, waiting }: Answers): RawBuilder<SqlBool> {
  if (status === 'pending_review') return sql<SqlBool>`${waiting}`
  if (status === 'approved') return sql<SqlBool>`${shown}`
  return status === 'rejected' ? sql<SqlBool>`(not ${shown} and not ${waiting})` : sql<SqlBool>`true`
}

export type StatusReview = Reviewed & { id: Id }

/** Posts that are talked about, what waits for the team first. Only what everybody may read. */
export async function listStatusReviews(ctx: Context, page: Wanted): Promise<StatusReview[]> {
  const answers = { shown: mayShow.status((await readUsual(ctx)).usual), waiting: waits.status }
  const found = await sql<StatusReview>`
    select s.id, ${answers.waiting} as requires_review, ${answers.shown} as trendable
    from trending_statuses t join statuses s on s.id = t.status_id ${postReviews}
    where s.visibility = 'public' and ${visibleTo(null)} and ${isWanted(page.status, answers)}
    order by ${answers.waiting} desc, t.score desc, s.id desc limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows
}

/** What is decided of one post, whether it is talked about or not. */
export async function findStatusReview(ctx: Context, id: Id): Promise<Reviewed | undefined> {
  const shown = mayShow.status((await readUsual(ctx)).usual)
  const found = await sql<Reviewed>`
    select ${waits.status} as requires_review, ${shown} as trendable
    from statuses s ${postReviews} where s.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** Names of hashtags that are talked about, what waits for the team first. */
export async function listTagReviews(ctx: Context, page: Wanted): Promise<string[]> {
  const answers = { shown: mayShow.tag((await readUsual(ctx)).usual), waiting: waits.tag }
  const found = await sql<{ name: string }>`
    select t.name from trending_tags t join tags g on g.name = t.name where ${isWanted(page.status, answers)}
    order by ${answers.waiting} desc, t.score desc, t.name limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows.map((row) => row.name)
}

export type LinkReview = Reviewed & { id: string; card_id: Id; status_id: Id }

/** Links that are talked about, each with an open post that leads there, what waits for the team first. */
export async function listLinkReviews(ctx: Context, page: Wanted): Promise<LinkReview[]> {
  const answers = { shown: mayShow.link((await readUsual(ctx)).usual), waiting: waits.link }
  const found = await sql<LinkReview>`
    select r.id, l.card_id, l.status_id, ${answers.waiting} as requires_review, ${answers.shown} as trendable
    from trending_links l join statuses s on s.id = l.status_id ${reviewed()}
    where s.visibility = 'public' and ${visibleTo(null)} and ${isWanted(page.status, answers)}
    order by ${answers.waiting} desc, l.score desc, l.card_id limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows
}

/** One link by its card, with the newest open post that leads there. */
export async function findLinkReview(ctx: Context, cardId: Id): Promise<LinkReview | undefined> {
  const shown = mayShow.link((await readUsual(ctx)).usual)
  const found = await sql<LinkReview>`
    select r.id, l.card_id, l.status_id, ${waits.link} as requires_review, ${shown} as trendable
    from status_cards l join statuses s on s.id = l.status_id ${reviewed()}
    where l.card_id = ${cardId} and s.visibility = 'public' and ${visibleTo(null)} order by s.id desc limit 1`.execute(
    ctx.db,
  )
  return found.rows[0]
}

const reviewed = (): RawBuilder<unknown> =>
  sql`join link_cards c on c.id = l.card_id join trend_reviews r on r.kind = 'link' and r.subject_id = l.card_id
    left join link_publishers p on p.host = c.host`

const publisherStates: Record<ReviewState, RawBuilder<SqlBool>> = {
  pending_review: sql<SqlBool>`reviewed_at is null`,
  approved: sql<SqlBool>`trendable`,
  rejected: sql<SqlBool>`not trendable`,
}

/** Publishers of links, the newest first. */
export async function listPublishers(
  ctx: Context,
  status: ReviewState | undefined,
  page: PageRequest,
): Promise<PublisherRow[]> {
  let query = ctx.db
    .selectFrom('link_publishers')
    .selectAll()
    .where(pageBounds(sql.ref('id'), page))
    .orderBy('id', pageOrder(page))
    .limit(page.limit)
  if (status) query = query.where(publisherStates[status])
  const rows = await query.execute()
  return page.minId === undefined ? rows : rows.toReversed()
}
