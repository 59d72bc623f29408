import { sql, type RawBuilder } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { writeCsv } from '#platform/csv'

/** More rows than that are no list of a person; the file and the statement stay bounded. */
const MOST_ROWS = 100_000

export const exportNames = ['follows', 'lists', 'mutes', 'blocks', 'domain_blocks', 'bookmarks'] as const
export type ExportName = (typeof exportNames)[number]

/** Name and server of whoever is listed, written out for local people too: the file is read elsewhere. */
const handle = sql<string>`a.username || '@' || d.host`
const people = (list: RawBuilder<unknown>, target: RawBuilder<unknown>) =>
  sql`${list} join accounts a on a.id = ${target} join domains d on d.id = a.domain_id`

type Row = readonly unknown[]
type Export = { head?: readonly string[]; rows: (accountId: Id) => RawBuilder<{ cells: Row }> }

/** As Mastodon writes them (its settings, import and export): follows and mutes have a head, the others have none. */
const all: Record<ExportName, Export> = {
  follows: {
    head: ['Account address', 'Show boosts', 'Notify on new posts', 'Languages'],
    rows: (accountId) => sql`
      select json_build_array(${handle}, f.show_reblogs, f.notify, coalesce(array_to_string(f.languages, ', '), '')) as cells
      from ${people(sql`follows f`, sql`f.target_account_id`)}
      where f.account_id = ${accountId} and f.state = 'accepted' order by f.id limit ${MOST_ROWS}`,
  },
  lists: {
    rows: (accountId) => sql`
      select json_build_array(l.title, ${handle}) as cells
      from ${people(sql`lists l join list_accounts m on m.list_id = l.id`, sql`m.account_id`)}
      where l.account_id = ${accountId} order by l.id, m.id limit ${MOST_ROWS}`,
  },
  mutes: {
    head: ['Account address', 'Hide notifications'],
    rows: (accountId) => sql`
      select json_build_array(${handle}, m.hide_notifications) as cells
      from ${people(sql`mutes m`, sql`m.target_account_id`)}
      where m.account_id = ${accountId} order by m.id limit ${MOST_ROWS}`,
  },
  blocks: {
    rows: (accountId) => sql`
      select json_build_array(${handle}) as cells
      from ${people(sql`blocks b`, sql`b.target_account_id`)}
      where b.account_id = ${accountId} order by b.id limit ${MOST_ROWS}`,
  },
  domain_blocks: {
    rows: (accountId) => sql`
      select json_build_array(d.host) as cells from account_domain_blocks b join domains d on d.id = b.domain_id
      where b.account_id = ${accountId} order by b.id limit ${MOST_ROWS}`,
  },
  bookmarks: {
    rows: (accountId) => sql`
      select json_build_array(s.uri) as cells from bookmarks b join statuses s on s.id = b.status_id
      where b.account_id = ${accountId} and s.state = 'live' order by b.id limit ${MOST_ROWS}`,
  },
}

/** One of a person's lists as a file. One query. */
export async function exportCsv(ctx: Context, accountId: Id, name: ExportName): Promise<string> {
  const { head, rows } = all[name]
  const found = await rows(accountId).execute(ctx.db)
  return writeCsv([...(head ? [head] : []), ...found.rows.map(({ cells }) => cells.map(String))])
}
