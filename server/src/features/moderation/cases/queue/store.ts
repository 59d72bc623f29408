import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import type { Context } from '#platform/context'
import { grouped, type QueueFilter } from './grouped.ts'

export type GroupRow = {
  key: string
  accounts: number
  reports: number
  level: number
  since: string
  first_id: Id
  /** The first few of them, the worst first. */
  members: Member[]
}
/** Somebody who is reported, with how bad it looks and why. */
export type Member = { id: Id; level: number; because: string[] }

type Asked = { viewerId: Id; filter: QueueFilter }
type Cursor = { accounts: number; level: number; reports: number; firstId: Id }

const SHOWN = 3

/** The groups of the queue: waves first, then what looks worst, then what is reported most, then the oldest. One query. */
export async function listGroups(
  ctx: Context,
  { viewerId, filter }: Asked,
  { limit, after }: { limit: number; after: Cursor | undefined },
): Promise<GroupRow[]> {
  const bound = after
    ? sql`where (is_wave, level, reports, -first_id) < (${after.accounts > 1 ? 1 : 0}, ${after.level}, ${after.reports}, -${after.firstId}::bigint)`
    : sql``
  const { rows } = await sql<GroupRow>`
    with ${grouped(viewerId, filter)}, groups as (
      select key, count(*)::int as accounts, sum(n)::int as reports, max(level) as level, min(since) as since, min(first_id) as first_id,
        (count(*) > 1)::int as is_wave,
        jsonb_path_query_array(jsonb_agg(jsonb_build_object('id', id::text, 'level', level, 'because', because)
          order by level desc, n desc, first_id), ${`$[0 to ${SHOWN - 1}]`}::jsonpath) as members
      from wanted group by key
    ) select key, accounts, reports, level, since, first_id, members from groups ${bound}
    order by is_wave desc, level desc, reports desc, first_id limit ${limit}`.execute(ctx.db)
  return rows
}

/** `accounts.level.reports.firstId`, as `nextOf` wrote it. */
export function readCursor(text: string | undefined): Cursor | undefined {
  const [accounts, level, reports, firstId] = (text ?? '').split('.')
  const numbers = [accounts, level, reports].map(Number)
  if (!isId(firstId) || numbers.some((one) => !Number.isSafeInteger(one) || one > 2_000_000_000)) return undefined
  return { accounts: numbers[0] ?? 0, level: numbers[1] ?? 0, reports: numbers[2] ?? 0, firstId }
}

export function nextOf(rows: readonly GroupRow[], limit: number): string | null {
  const last = rows.length === limit ? rows.at(-1) : undefined
  return last ? [last.accounts, last.level, last.reports, last.first_id].join('.') : null
}

/** Everybody in a group, the worst first. One query. */
export async function listMembers(
  ctx: Context,
  { viewerId, filter }: Asked,
  { key, limit, offset }: { key: string; limit: number; offset: number },
): Promise<Member[]> {
  const { rows } = await sql<Member>`
    with ${grouped(viewerId, filter)} select id, level, because from wanted where key = ${key}
    order by level desc, n desc, first_id limit ${limit} offset ${offset}`.execute(ctx.db)
  return rows
}

/** The accounts of whole groups. One query. */
export async function listAccountsOf(
  ctx: Context,
  { viewerId, filter }: Asked,
  keys: readonly string[],
): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    with ${grouped(viewerId, filter)} select id from wanted where key = any(${[...keys]}) order by id limit 5000`.execute(
    ctx.db,
  )
  return rows.map((row) => row.id)
}

export type WaitingRow = {
  id: Id
  report_ids: Id[]
  reporter_ids: Id[]
  reporters: number
  category: string
  rule_id: Id | null
  /** Of the newest report: the post that is meant, if there is one, and what was said with it. */
  content: string | null
  comment: string
  since: string
  assigned_account_id: Id | null
}

const MOST_IDS = 50

/** What waits about each of these accounts. One query. */
export async function listWaitingAbout(ctx: Context, ids: readonly Id[]): Promise<Map<Id, WaitingRow>> {
  const { rows } = await sql<WaitingRow>`
    select r.target_account_id as id, (array_agg(r.id order by r.id desc))[1:${MOST_IDS}]::text[] as report_ids,
      (array_agg(distinct r.reporter_account_id))[1:3]::text[] as reporter_ids, count(distinct r.reporter_account_id)::int as reporters,
      mode() within group (order by r.category) as category, (max(r.rule_ids[1]))::text as rule_id,
      (array_agg(e.content order by r.id desc))[1] as content, (array_agg(r.comment order by r.id desc))[1] as comment,
      min(r.created_at) as since, max(r.assigned_account_id)::text as assigned_account_id
    from reports r left join lateral (
      select left(e.content, 1000) as content from report_evidence e where e.report_id = r.id and e.place = 'reported' order by e.status_id limit 1
    ) e on true
    where r.target_account_id = any(${[...ids]}::bigint[]) and r.resolved_at is null group by r.target_account_id`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export type Counts = { open: number; mine: number; oldest: string | null; until: Id }

/** How much waits, and the newest report that there is. One query. */
export async function countQueue(ctx: Context, viewerId: Id): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*)::int as open, count(*) filter (where assigned_account_id = ${viewerId})::int as mine, min(created_at) as oldest,
      coalesce(max(id), 0)::text as until
    from reports where resolved_at is null`.execute(ctx.db)
  return rows[0] ?? { open: 0, mine: 0, oldest: null, until: '0' }
}
