import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { findAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { readSettings } from '#features/settings'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'

export type Verdict = 'approve' | 'reject'

/** What is talked about and has no row yet gets one; what is gone loses it. */
export async function keepReviews(tx: Tx): Promise<void> {
  await sql`
    insert into trend_reviews (kind, subject_id) select 'link', card_id from trending_links
    on conflict (kind, subject_id) do nothing`.execute(tx.db)
  await sql`
    insert into link_publishers (host)
    select distinct c.host from trending_links t join link_cards c on c.id = t.card_id where c.host <> ''
    on conflict (host) do nothing`.execute(tx.db)
  await sql`
    delete from trend_reviews r where (kind = 'link' and not exists (select 1 from link_cards c where c.id = r.subject_id))
      or (kind = 'author' and not exists (select 1 from accounts a where a.id = r.subject_id))
      or (kind = 'status' and not exists (select 1 from statuses s where s.id = r.subject_id))`.execute(tx.db)
}

/** What is shown without anybody having decided it. Nothing is where trends are off. */
export async function readUsual(ctx: Context): Promise<{ isOn: boolean; usual: boolean }> {
  const { trends, trendable_by_default: usual } = await readSettings(ctx)
  return { isOn: trends === 'on', usual: usual === 'on' }
}

/** Joins what was decided of a post (`s`) as `r`, and of its author as `u`. */
export const postReviews = sql`
  left join trend_reviews r on r.kind = 'status' and r.subject_id = s.id
  left join trend_reviews u on u.kind = 'author' and u.subject_id = s.account_id`

/** Whether something may be shown: what was decided of it, then of its author (`u`) or publisher (`p`), then the setting. */
export const mayShow = {
  status: (usual: boolean): RawBuilder<boolean> => sql<boolean>`coalesce(r.trendable, u.trendable, ${usual}::boolean)`,
  link: (usual: boolean): RawBuilder<boolean> => sql<boolean>`coalesce(r.trendable, p.trendable, ${usual}::boolean)`,
  tag: (usual: boolean): RawBuilder<boolean> => sql<boolean>`coalesce(g.trendable, ${usual}::boolean)`,
}

/** Whether nobody has decided about something yet. */
export const waits = {
  status: sql<SqlBool>`(r.trendable is null and u.trendable is null)`,
  link: sql<SqlBool>`(r.trendable is null and p.trendable is null)`,
  tag: sql<SqlBool>`(g.reviewed_at is null)`,
}

/** Decides about a post; one that was never talked about may be refused before it is. */
export async function decideStatus(tx: Tx, actorId: Id, statusId: Id, verdict: Verdict): Promise<void> {
  const found = await sql<{ acct: string }>`
    select a.username as acct from statuses s join accounts a on a.id = s.account_id
    where s.id = ${statusId} and s.state = 'live' and s.visibility = 'public' and s.reblog_of_id is null`.execute(tx.db)
  const [post] = found.rows
  if (!post) throw notFound()
  const isNew = await decide(tx, 'status', statusId, verdict)
  if (!isNew) return
  const about = { targetType: 'status', targetId: statusId, label: `@${post.acct}` } as const
  await writeAudit(tx, { actorId, action: `trend.${verdict}`, ...about })
}

/** Decides about a link, by its id for the team. */
export async function decideLink(tx: Tx, actorId: Id, reviewId: string, verdict: Verdict): Promise<Id> {
  const found = await sql<{ card_id: Id; url: string }>`
    select c.id as card_id, c.url from trend_reviews r join link_cards c on c.id = r.subject_id
    where r.id = ${reviewId} and r.kind = 'link'`.execute(tx.db)
  const [link] = found.rows
  if (!link) throw notFound()
  if (await decide(tx, 'link', link.card_id, verdict))
    await writeAudit(tx, { actorId, action: `trend.${verdict}`, targetType: 'link', label: link.url })
  return link.card_id
}

/** Decides about all posts of somebody, where nothing else was decided of one. */
export async function decideAuthor(tx: Tx, actorId: Id, accountId: Id, verdict: Verdict): Promise<void> {
  const account = await findAccount(tx, accountId)
  if (!account || account.suspended_at !== null) throw notFound()
  if (!(await decide(tx, 'author', accountId, verdict))) return
  const label = account.is_local ? account.username : `${account.username}@${account.host}`
  const about = { targetType: 'account', targetId: accountId, label } as const
  await writeAudit(tx, { actorId, action: `trend.${verdict}`, ...about })
}

/** True when that changed something. */
async function decide(tx: Tx, kind: 'status' | 'author' | 'link', subjectId: Id, verdict: Verdict): Promise<boolean> {
  const isShown = verdict === 'approve'
  const changed = await sql`
    insert into trend_reviews (kind, subject_id, trendable, reviewed_at)
    values (${kind}, ${subjectId}, ${isShown}, ${tx.clock.now().toISOString()})
    on conflict (kind, subject_id) do update set trendable = excluded.trendable, reviewed_at = excluded.reviewed_at
    where trend_reviews.trendable is distinct from excluded.trendable returning id`.execute(tx.db)
  return changed.rows.length > 0
}

export type PublisherRow = {
  id: string
  host: string
  trendable: boolean | null
  reviewed_at: string | null
  requested_review_at: string | null
}

/** Decides about everything that a publisher's links do, where nothing else was decided of one. */
export async function decidePublisher(tx: Tx, actorId: Id, id: string, verdict: Verdict): Promise<PublisherRow> {
  const before = await tx.db
    .selectFrom('link_publishers')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) throw notFound()
  const trendable = verdict === 'approve'
  if (before.trendable === trendable) return before
  const row = await tx.db
    .updateTable('link_publishers')
    .set({ trendable, reviewed_at: tx.clock.now().toISOString() })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await writeAudit(tx, { actorId, action: `trend.${verdict}`, targetType: 'publisher', label: before.host })
  return row
}
