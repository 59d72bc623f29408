import type { FeedReason, Status } from '@hamlet/contract/status'
import { sql, type RawBuilder } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { hasFollowedTag, homeFeed, isByPeople, type Reader } from './people-feeds.ts'

export type { FeedReason }

type Cause = {
  reader_id: Id
  id: Id
  account_id: Id
  is_boost: boolean
  visibility: string
  is_by_people: boolean
  tags: string[]
}

/** What decides, by the very rules of the feed: why a post stands in a reader's home. */
function causes(ctx: Context, reader: Reader): RawBuilder<unknown> {
  return sql`s.id, s.account_id, s.reblog_of_id is not null as is_boost, s.visibility,
    ${isByPeople(ctx, homeFeed(reader))} as is_by_people,
    case when ${hasFollowedTag(reader)} then array(
      select coalesce(g.display_name, t.name) from status_tags t join tag_follows w on w.name = t.name join tags g on g.name = t.name
      where t.status_id = s.id and w.account_id = ${reader} order by t.name) else '{}' end as tags`
}

/** Why each of these posts stands in a person's home, by its id. One query. */
export async function findHomeReasons(ctx: Context, viewerId: Id, ids: readonly Id[]): Promise<Map<Id, FeedReason>> {
  const found = await sql<Cause>`
    select ${viewerId}::bigint as reader_id, ${causes(ctx, viewerId)} from statuses s where s.id = any(${[...ids]}::bigint[])`.execute(
    ctx.db,
  )
  return byKey(found.rows, (row) => row.id)
}

/** Why one post stands in the homes of these people, by their ids. One query. */
export async function findReasonsOf(ctx: Context, statusId: Id, readers: readonly Id[]): Promise<Map<Id, FeedReason>> {
  const found = await sql<Cause>`
    select reader.id as reader_id, ${causes(ctx, sql`reader.id`)}
    from unnest(${[...readers]}::bigint[]) as reader (id) join statuses s on s.id = ${statusId}`.execute(ctx.db)
  return byKey(found.rows, (row) => row.reader_id)
}

function byKey(rows: readonly Cause[], key: (row: Cause) => Id): Map<Id, FeedReason> {
  const reasons = new Map<Id, FeedReason>()
  for (const row of rows) {
    const reason = readReason(row)
    if (reason) reasons.set(key(row), reason)
  }
  return reasons
}

/** The first that holds; none for what has left the feed since it was read. */
function readReason(row: Cause): FeedReason | undefined {
  const account_id = row.account_id
  if (row.account_id === row.reader_id) return { kind: 'own' }
  if (!row.is_by_people) return row.tags.length > 0 ? { kind: 'tag', tags: row.tags } : undefined
  if (row.is_boost) return { kind: 'boosted_by', account_id }
  if (row.visibility === 'direct') return { kind: 'mentioned', account_id }
  return { kind: 'followed', account_id }
}

/** The post with the reason beside what else is ours alone. */
export function giveReason(status: Status, reason: FeedReason | undefined): Status {
  return reason ? { ...status, hamlet: { ...status.hamlet, reason } } : status
}
