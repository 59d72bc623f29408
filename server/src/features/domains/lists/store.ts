import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { pageBounds, type PageRequest } from '#platform/db'
import type { Severity } from '../policies/store.ts'
import type { Change } from './diff.ts'

export type ListRow = {
  id: Id
  name: string
  url: string | null
  imported_at: string | null
  problem: string | null
  entries: number
  open: Record<Change, number>
}

const counts = (change: Change) => sql`(select count(*)::int from domain_drafts d
  where d.list_id = l.id and d.state = 'open' and d.change = ${change})`

/** The lists that the team reads, by name, with what each asks for. One query. */
export async function listLists(ctx: Context, id: Id | null = null): Promise<ListRow[]> {
  const found = await sql<ListRow>`
    select l.id, l.name, l.url, l.imported_at, l.problem,
      (select count(*)::int from domain_list_entries e where e.list_id = l.id) as entries,
      json_build_object('new', ${counts('new')}, 'stricter', ${counts('stricter')}, 'milder', ${counts('milder')}, 'gone', ${counts('gone')}) as open
    from domain_lists l where ${id}::bigint is null or l.id = ${id} order by l.name limit 200`.execute(ctx.db)
  return found.rows
}

export type DraftRow = {
  id: Id
  list_id: Id
  host: string
  change: Change
  severity: Severity
  reject_media: boolean
  reject_reports: boolean
  obfuscate: boolean
  reason: string
  state: 'open' | 'accepted' | 'declined'
  /** How many lists name it. */
  lists: number
  /** How it is treated today. */
  today: Severity | null
}

const columns = sql`d.id, d.list_id, d.host, d.change, d.severity, d.reject_media, d.reject_reports, d.obfuscate, d.reason, d.state,
  (select count(*)::int from domain_list_entries e where e.host = d.host) as lists,
  (select p.severity from domain_policies p where p.host = d.host) as today`

/** A page of what a list asks for, in the order in which it was read; of one kind of change where it is named. One query. */
export async function listDrafts(
  ctx: Context,
  listId: Id,
  { change, page }: { change: Change | undefined; page: PageRequest },
): Promise<DraftRow[]> {
  const found = await sql<DraftRow>`
    select ${columns} from domain_drafts d where d.list_id = ${listId} and d.state = 'open'
      and (${change ?? null}::text is null or d.change = ${change ?? null}) and ${pageBounds(sql`d.id`, page)}
    order by d.id desc limit ${page.limit}`.execute(ctx.db)
  return found.rows
}

export async function findDraft(ctx: Context, id: Id): Promise<DraftRow | undefined> {
  const found = await sql<DraftRow>`select ${columns} from domain_drafts d where d.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** What lists say of a server: which, how strict, and why. One query. */
export async function findOpinions(ctx: Context, host: string) {
  const found = await sql<{ list: string; severity: string; reason: string }>`
    select l.name as list, e.severity, e.reason from domain_list_entries e join domain_lists l on l.id = e.list_id
    where e.host = any(host_and_parents(${host})) order by l.name limit 50`.execute(ctx.db)
  return found.rows
}
