import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { ReportRow } from '../../store.ts'

export type Facts = { joined: string; followers: number; reports: number; upheld: number; blocked_by: number }

/** What is known here of who was reported. One query. */
export async function findFacts(ctx: Context, accountId: Id): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select a.created_at as joined, a.followers_count as followers,
      (select count(*)::int from reports r where r.target_account_id = a.id) as reports,
      (select count(*)::int from reports r where r.target_account_id = a.id and r.outcome = 'acted') as upheld,
      (select count(*)::int from blocks b join accounts h on h.id = b.account_id join domains d on d.id = h.domain_id and d.is_local
        where b.target_account_id = a.id) as blocked_by
    from accounts a where a.id = ${accountId}`.execute(ctx.db)
  return rows[0] ?? { joined: '', followers: 0, reports: 0, upheld: 0, blocked_by: 0 }
}

export type Kin = { mail_domain: string; same_mail: number; same_network: number }

/** Others here with a mailbox at the same place, or seen from the same network: for those who may manage people. One query. */
export async function findKin(ctx: Context, accountId: Id): Promise<Kin | undefined> {
  const { rows } = await sql<Kin>`
    select split_part(u.email, '@', 2) as mail_domain,
      (select count(*)::int from users o where o.id <> u.id and lower(split_part(o.email, '@', 2)) = lower(split_part(u.email, '@', 2))) as same_mail,
      (select count(distinct o.user_id)::int from sessions s join sessions o on o.user_id <> s.user_id
        and o.ip <<= network(set_masklen(s.ip, case family(s.ip) when 4 then 24 else 48 end))
        where s.user_id = u.id and s.ip is not null) as same_network
    from user_accounts ua join users u on u.id = ua.user_id where ua.account_id = ${accountId} limit 1`.execute(ctx.db)
  return rows[0]
}

export type RelatedRow = {
  id: Id
  target_account_id: Id
  reporter_account_id: Id
  created_at: string
  resolved_at: string | null
}

const MOST = 8

/** Other reports: about the same account first, then those that share something with this one. One query. */
export async function listRelated(ctx: Context, report: ReportRow): Promise<RelatedRow[]> {
  const { rows } = await sql<RelatedRow>`
    select r.id, r.target_account_id, r.reporter_account_id, r.created_at, r.resolved_at from reports r
    where r.id <> ${report.id} and (r.target_account_id = ${report.target_account_id}
      or (r.resolved_at is null and r.group_keys && ${report.group_keys}::text[]))
    order by (r.target_account_id = ${report.target_account_id}) desc, r.id desc limit ${MOST}`.execute(ctx.db)
  return rows
}

export type TimelineRow = { at: string; action: string; actor_account_id: Id | null }

/** What the team did about a report and by it, the oldest first. One query. */
export async function listTimeline(
  ctx: Context,
  { id, target_account_id: targetId }: ReportRow,
): Promise<TimelineRow[]> {
  const { rows } = await sql<TimelineRow>`
    select l.created_at as at, l.action, l.actor_account_id from audit_log l
    where (l.target_type = 'report' and l.target_id = ${id})
      or (l.target_type = 'account' and l.target_id = ${targetId} and l.details ->> 'reportId' = ${id}::text)
    order by l.id limit 100`.execute(ctx.db)
  return rows
}

/** The open reports beside this one in the order of time: where "next" and "before" lead. One query. */
export async function findNeighbours(
  ctx: Context,
  report: ReportRow,
): Promise<{ next: Id | null; previous: Id | null }> {
  const { rows } = await sql<{ next: Id | null; previous: Id | null }>`
    select (select r.id from reports r where r.resolved_at is null and r.id < ${report.id} and r.target_account_id <> ${report.target_account_id}
        order by r.id desc limit 1) as next,
      (select r.id from reports r where r.resolved_at is null and r.id > ${report.id} and r.target_account_id <> ${report.target_account_id}
        order by r.id limit 1) as previous`.execute(ctx.db)
  return rows[0] ?? { next: null, previous: null }
}
