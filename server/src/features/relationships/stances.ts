import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

/** How a person stands to another, as far as what they are shown of them depends on it. */
export type Stance = { isFollowing: boolean; isBlocking: boolean; isMuting: boolean }

/** A person's stance to each of these accounts. One query; none for anonymous readers. */
export async function findStances(
  ctx: Context,
  viewerId: Id | null,
  accountIds: readonly Id[],
): Promise<Map<Id, Stance>> {
  const wanted = [...new Set(accountIds)]
  if (viewerId === null || wanted.length === 0) return new Map()
  const now = ctx.clock.now().toISOString()
  const found = await sql<{ id: Id; is_following: boolean; is_blocking: boolean; is_muting: boolean }>`
    select a.id,
      exists (select 1 from follows f where f.account_id = ${viewerId} and f.target_account_id = a.id and f.state = 'accepted') as is_following,
      exists (select 1 from blocks b where b.account_id = ${viewerId} and b.target_account_id = a.id) as is_blocking,
      exists (select 1 from mutes m where m.account_id = ${viewerId} and m.target_account_id = a.id
        and (m.expires_at is null or m.expires_at > ${now}::timestamptz)) as is_muting
    from unnest(${wanted}::bigint[]) as a (id)`.execute(ctx.db)
  return new Map(
    found.rows.map(({ id, is_following, is_blocking, is_muting }) => [
      id,
      { isFollowing: is_following, isBlocking: is_blocking, isMuting: is_muting },
    ]),
  )
}
