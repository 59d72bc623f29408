import type { Relationship } from '@hamlet/contract/relationship'
import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { isoTime } from '#platform/db'

type Row = {
  id: Id
  state: string | null
  show_reblogs: boolean | null
  notify: boolean | null
  languages: string[] | null
  state_back: string | null
  blocking: boolean
  blocked_by: boolean
  muting: boolean
  hide_notifications: boolean | null
  expires_at: string | null
  note: string | null
  domain_blocking: boolean
  endorsed: boolean
}

/** How a person stands to each of these accounts, in the order asked. One query. */
export async function presentRelationships(ctx: Context, viewerId: Id, ids: readonly Id[]): Promise<Relationship[]> {
  const now = ctx.clock.now().toISOString()
  const found = await sql<Row>`
    select a.id, f.state, f.show_reblogs, f.notify, f.languages, back.state as state_back,
      exists (select 1 from blocks b where b.account_id = ${viewerId} and b.target_account_id = a.id) as blocking,
      exists (select 1 from blocks b where b.account_id = a.id and b.target_account_id = ${viewerId}) as blocked_by,
      m.id is not null as muting, m.hide_notifications, m.expires_at, n.comment as note,
      exists (select 1 from account_domain_blocks d where d.account_id = ${viewerId} and d.domain_id = a.domain_id) as domain_blocking,
      exists (select 1 from endorsements e where e.account_id = ${viewerId} and e.target_account_id = a.id) as endorsed
    from accounts a
    left join follows f on f.account_id = ${viewerId} and f.target_account_id = a.id
    left join follows back on back.account_id = a.id and back.target_account_id = ${viewerId}
    left join mutes m on m.account_id = ${viewerId} and m.target_account_id = a.id and (m.expires_at is null or m.expires_at > ${now})
    left join account_notes n on n.account_id = ${viewerId} and n.target_account_id = a.id
    where a.id = any(${[...ids]}::bigint[])`.execute(ctx.db)
  const byId = new Map(found.rows.map((row) => [row.id, presentRow(row)]))
  return ids.map((id) => byId.get(id)).filter((one) => one !== undefined)
}

function presentRow(row: Row): Relationship {
  const isFollowing = row.state === 'accepted'
  return {
    id: row.id,
    following: isFollowing,
    showing_reblogs: isFollowing && row.show_reblogs === true,
    notifying: isFollowing && row.notify === true,
    languages: isFollowing ? row.languages : null,
    followed_by: row.state_back === 'accepted',
    blocking: row.blocking,
    blocked_by: row.blocked_by,
    muting: row.muting,
    muting_notifications: row.muting && row.hide_notifications === true,
    muting_expires_at: row.expires_at === null ? null : isoTime(row.expires_at),
    requested: row.state === 'requested',
    requested_by: row.state_back === 'requested',
    domain_blocking: row.domain_blocking,
    endorsed: row.endorsed,
    note: row.note ?? '',
  }
}
