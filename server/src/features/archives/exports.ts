import { sql, type RawBuilder } from 'kysely'
import { takeOutFilters } from '#features/filters'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { writeCsv } from '#platform/csv'

/** So many rows are in memory at once. */
const CHUNK = 2_000

export const exportNames = ['follows', 'lists', 'mutes', 'blocks', 'domain_blocks', 'bookmarks'] as const
export type ExportName = (typeof exportNames)[number]

/** Name and server of whoever is listed, written out for local people too: the file is read elsewhere. */
const handle = sql<string>`a.username || '@' || d.host`
const people = (list: RawBuilder<unknown>, target: RawBuilder<unknown>) =>
  sql`${list} join accounts a on a.id = ${target} join domains d on d.id = a.domain_id`

type Row = { id: Id; cells: readonly unknown[] }
type Export = { head?: readonly string[]; rows: (accountId: Id, after: Id) => RawBuilder<Row> }

/** As Mastodon writes them (its settings, import and export): follows and mutes have a head, the others have none. */
const all: Record<ExportName, Export> = {
  follows: {
    head: ['Account address', 'Show boosts', 'Notify on new posts', 'Languages'],
    rows: (accountId, after) => sql`
      select f.id, json_build_array(${handle}, f.show_reblogs, f.notify, coalesce(array_to_string(f.languages, ', '), '')) as cells
      from ${people(sql`follows f`, sql`f.target_account_id`)}
      where f.account_id = ${accountId} and f.state = 'accepted' and f.id > ${after} order by f.id limit ${CHUNK}`,
  },
  lists: {
    rows: (accountId, after) => sql`
      select m.id, json_build_array(l.title, ${handle}) as cells
      from ${people(sql`lists l join list_accounts m on m.list_id = l.id`, sql`m.account_id`)}
      where l.account_id = ${accountId} and m.id > ${after} order by m.id limit ${CHUNK}`,
  },
  mutes: {
    head: ['Account address', 'Hide notifications'],
    rows: (accountId, after) => sql`
      select m.id, json_build_array(${handle}, m.hide_notifications) as cells
      from ${people(sql`mutes m`, sql`m.target_account_id`)}
      where m.account_id = ${accountId} and m.id > ${after} order by m.id limit ${CHUNK}`,
  },
  blocks: {
    rows: (accountId, after) => sql`
      select b.id, json_build_array(${handle}) as cells
      from ${people(sql`blocks b`, sql`b.target_account_id`)}
      where b.account_id = ${accountId} and b.id > ${after} order by b.id limit ${CHUNK}`,
  },
  domain_blocks: {
    rows: (accountId, after) => sql`
      select b.id, json_build_array(d.host) as cells from account_domain_blocks b join domains d on d.id = b.domain_id
      where b.account_id = ${accountId} and b.id > ${after} order by b.id limit ${CHUNK}`,
  },
  bookmarks: {
    rows: (accountId, after) => sql`
      select b.id, json_build_array(s.uri) as cells from bookmarks b join statuses s on s.id = b.status_id
      where b.account_id = ${accountId} and s.state = 'live' and b.id > ${after} order by b.id limit ${CHUNK}`,
  },
}

/** One of a person's lists, a few rows at a time: of somebody with a hundred thousand follows no more is in memory. */
export async function* listRows(ctx: Context, accountId: Id, name: ExportName): AsyncGenerator<string[][]> {
  for (let after: Id | undefined = '0'; after !== undefined;) {
    // oxlint-disable-next-line no-await-in-loop -- each piece begins where the one before ended
    const { rows }: { rows: Row[] } = await all[name].rows(accountId, after).execute(ctx.db)
    yield rows.map(({ cells }) => cells.map(String))
    after = rows.length === CHUNK ? rows.at(-1)?.id : undefined
  }
}

/** One of a person's lists as a file, piece by piece. */
export async function* exportCsv(ctx: Context, accountId: Id, name: ExportName): AsyncGenerator<string> {
  const { head } = all[name]
  if (head) yield writeCsv([head])
  for await (const rows of listRows(ctx, accountId, name)) yield writeCsv(rows)
}

/** A person's filters in the file that Mastodon exports and imports, posts by their addresses. Two queries. */
export async function exportFilters(ctx: Context, accountId: Id): Promise<string> {
  const { custom_filters: filters } = (await takeOutFilters(ctx, accountId)) as {
    custom_filters: { statuses: Id[] }[]
  }
  const ids = filters.flatMap(({ statuses }) => statuses)
  const found = await sql<{ id: Id; uri: string }>`
    select id::text as id, uri from statuses where id = any(${ids}::bigint[])`.execute(ctx.db)
  const addresses = new Map(found.rows.map(({ id, uri }) => [id, uri]))
  const named = filters.map((filter) => ({
    ...filter,
    statuses: filter.statuses.map((id) => addresses.get(id)).filter((uri) => uri !== undefined),
  }))
  return JSON.stringify({ custom_filters: named }, null, 2)
}
