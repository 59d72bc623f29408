import { sql, type RawBuilder } from 'kysely'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import { readable, wantedRows } from './store.ts'
import type { Kind, Wanted } from './types.ts'

export type GroupRow = {
  key: string
  type: Kind
  status_id: Id | null
  report_id: Id | null
  severance_id: Id | null
  strike_id: Id | null
  about_id: Id | null
  count: number
  newest_id: Id
  page_min_id: Id
  page_max_id: Id
  newest_at: string
  sample: Id[]
}

export type GroupsWanted = Wanted & { groupedKinds: readonly Kind[] }

/** Groups are made of the newest so many rows of a page's range; of more when those were too few for a page. */
const WINDOWS = [500, 5_000]
/** Of busy posts the same people answer again and again: faces are chosen among so many. */
const SAMPLED = 40

/** What a row is shown under: the key of its group, or one of its own (mastodon-api 1.11, group_key). */
function keyOf(alias: string, groupedKinds: readonly Kind[]): RawBuilder<string> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<string>`case when ${column('group_key')} is not null and ${column('type')} = any(${[...groupedKinds]}::text[])
    then ${column('group_key')} else 'ungrouped-' || ${column('id')} end`
}

/**
 * One page of groups, by their newest member. A group stands where its newest member does and is on no later page.
 */
export async function listGroups(
  ctx: Context,
  viewerId: Id,
  wanted: GroupsWanted,
  page: PageRequest,
): Promise<GroupRow[]> {
  for (const window of WINDOWS) {
    // oxlint-disable-next-line no-await-in-loop -- the wide window is opened only when the narrow one was too thin
    const rows = await listGroupsIn(ctx, viewerId, wanted, { ...page, window })
    const [first] = rows
    if (rows.length === page.limit || first === undefined || first.seen < window || window === WINDOWS.at(-1))
      return rows
  }
  return []
}

async function listGroupsIn(
  ctx: Context,
  viewerId: Id,
  wanted: GroupsWanted,
  page: PageRequest & { window: number },
): Promise<(GroupRow & { seen: number })[]> {
  const order = sql.raw(pageOrder(page))
  const isShownBefore = sql`(${page.maxId ?? null}::bigint is not null and n.group_key is not null
    and n.type = any(${[...wanted.groupedKinds]}::text[]) and exists (select 1 from notifications newer
      where newer.account_id = n.account_id and newer.group_key = n.group_key and newer.id >= ${page.maxId ?? null}::bigint))`
  const whole = sql`(select count(*)::int from notifications m
    where m.account_id = ${viewerId} and m.group_key = page.key and not m.filtered)`
  const found = await sql<GroupRow & { seen: number }>`
    with win as materialized (
      select n.id, n.type, n.status_id, n.report_id, n.severance_id, n.strike_id, n.about_id, n.from_account_id, n.created_at, ${keyOf('n', wanted.groupedKinds)} as key
      from notifications n
      where ${wantedRows(ctx, viewerId, wanted)} and ${pageBounds(sql`n.id`, page)} and not ${isShownBefore}
      order by n.id ${order} limit ${page.window}),
    page as (select key, max(id) as newest_id from win group by key order by max(id) ${order} limit ${page.limit})
    select page.key, ${groupFacts('win')}, greatest(count(*)::int, ${whole}) as count,
      (select count(*)::int from win) as seen
    from page join win on win.key = page.key group by page.key order by max(win.id) desc`.execute(ctx.db)
  return found.rows
}

function groupFacts(alias: string): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const newest = (name: string) => sql`(array_agg(${column(name)} order by ${column('id')} desc))`
  return sql`${newest('type')}[1] as type, ${newest('status_id')}[1] as status_id,
    ${newest('report_id')}[1] as report_id, ${newest('severance_id')}[1] as severance_id, ${newest('strike_id')}[1] as strike_id, ${newest('about_id')}[1] as about_id,
    max(${column('id')}) as newest_id, min(${column('id')}) as page_min_id, max(${column('id')}) as page_max_id,
    max(${column('created_at')}) as newest_at, (${newest('from_account_id')})[1:${sql.lit(SAMPLED)}]::text[] as sample`
}

/** The rows of one key: `ungrouped-<id>` is a single row. */
function keyed(key: string): RawBuilder<unknown> {
  const id = /^ungrouped-(\d{1,18})$/.exec(key)?.[1]
  return id === undefined ? sql`n.group_key = ${key}` : sql`n.id = ${id}::bigint`
}

export async function requireGroup(ctx: Context, viewerId: Id, key: string): Promise<GroupRow> {
  const found = await sql<GroupRow>`
    select ${key}::text as key, ${groupFacts('n')}, count(*)::int as count from notifications n where ${keyed(key)} and ${readable(ctx, viewerId)}
    having count(*) > 0`.execute(ctx.db)
  const row = found.rows[0]
  if (!row) throw notFound()
  return row
}

export async function listGroupAccounts(
  ctx: Context,
  viewerId: Id,
  key: string,
  page: PageRequest,
): Promise<{ rowIds: Id[]; ids: Id[] }> {
  const found = await sql<{ id: Id; from_account_id: Id }>`
    select n.id, n.from_account_id from notifications n
    where ${keyed(key)} and ${readable(ctx, viewerId)} and ${pageBounds(sql`n.id`, page)}
    order by n.id desc limit ${page.limit}`.execute(ctx.db)
  return { rowIds: found.rows.map((row) => row.id), ids: found.rows.map((row) => row.from_account_id) }
}

/** A key that names nothing is passed over, as Mastodon does. */
export async function dismissGroup(tx: Tx, viewerId: Id, key: string): Promise<void> {
  await sql`delete from notifications n where n.account_id = ${viewerId} and ${keyed(key)}`.execute(tx.db)
}

export async function countUnreadGroups(
  ctx: Context,
  viewerId: Id,
  wanted: GroupsWanted,
  { readUpTo, most }: { readUpTo: Id; most: number },
): Promise<number> {
  for (const window of WINDOWS) {
    // oxlint-disable-next-line no-await-in-loop -- the wide window is opened only when the narrow one was too thin
    const found = await sql<{ groups: number; seen: number }>`
      select count(distinct unread.key)::int as groups, count(*)::int as seen
      from (select ${keyOf('n', wanted.groupedKinds)} as key from notifications n
        where n.id > ${readUpTo}::bigint and not n.quiet and ${wantedRows(ctx, viewerId, wanted)} order by n.id desc limit ${window}) unread`.execute(
      ctx.db,
    )
    const { groups, seen } = found.rows[0] ?? { groups: 0, seen: 0 }
    if (groups >= most || seen < window || window === WINDOWS.at(-1)) return Math.min(most, groups)
  }
  return 0
}
