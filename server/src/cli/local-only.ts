import type { TableShape } from '#platform/db'

/**
 * Posts of other servers that a backup of one's own keeps: what people here did something with, what was said to them,
 * and what that answers or quotes. Everything else is fetched again when somebody looks.
 */
export const KEPT = `
  with recursive kept (id) as (
    (select id from statuses where is_local
    union select status_id from favourites
    union select status_id from bookmarks
    union select status_id from notifications where status_id is not null
    union select status_id from poll_votes
    union select status_id from status_pins
    union select status_id from filter_statuses
    union select status_id from direct_thread_statuses
    union select last_status_id from direct_threads
    union select status_id from notification_pauses
    union select last_status_id from notification_requests where last_status_id is not null
    union select quoted_status_id from drafts where quoted_status_id is not null
    union select in_reply_to_id from drafts where in_reply_to_id is not null
    union select unnest(status_ids) from reports
    union select m.status_id from mentions m join accounts a on a.id = m.account_id join domains d on d.id = a.domain_id
      where d.is_local)
    union
    select p.id from kept k join statuses s on s.id = k.id left join quotes q on q.status_id = s.id
      cross join lateral (values (s.in_reply_to_id), (s.reblog_of_id), (q.quoted_status_id)) p (id) where p.id is not null)
  select id from kept`

/** What goes with a post. Tables that only remember one (evidence of reports, what rules did) are kept whole. */
const PARTS = new Set([
  'held_statuses',
  'media',
  'mentions',
  'poll_votes',
  'polls',
  'quotes',
  'set_aside_replies',
  'status_cards',
  'status_edits',
  'status_pins',
  'status_tags',
  'thread_fetches',
  'trending_links',
  'trending_statuses',
])

/** Which rows of a table a backup of one's own holds; undefined for all. */
export function localRows(table: TableShape): string | undefined {
  // Copies of pictures are not there, and rows that say otherwise would be wrong.
  if (table.name === 'remote_pictures') return 'false'
  if (table.name === 'statuses') return `id in (${KEPT})`
  if (!PARTS.has(table.name)) return undefined
  const columns = ['status_id', 'quoted_status_id'].filter((name) => table.columns.includes(name))
  return columns.map((name) => `(${name} is null or ${name} in (${KEPT}))`).join(' and ')
}
