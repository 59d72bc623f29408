import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import type { Window } from './trends.ts'

/** Of so many of those one follows are the friends looked at: the newest. */
const FRIENDS = 200

/** Somebody, and how many of those one follows follow them. */
export type Proposal = { id: Id; friends: number }

/**
 * People to follow: first those whom several that one follows follow, then those of this server with most followers.
 * Only who wants to be found; nobody that one follows, asked, blocked, muted or sent away. One query.
 */
export async function suggest(ctx: Context, accountId: Id, page: Window): Promise<Proposal[]> {
  const now = ctx.clock.now().toISOString()
  const found = await sql<Proposal>`
    with friends as materialized (
      select target_account_id as id from follows where account_id = ${accountId} and state = 'accepted'
      order by id desc limit ${FRIENDS}),
    theirs as (
      select f.target_account_id as id, count(*)::int as friends from follows f join friends on friends.id = f.account_id
      where f.state = 'accepted' group by f.target_account_id)
    select a.id, coalesce(theirs.friends, 0) as friends
    from accounts a join domains d on d.id = a.domain_id left join theirs on theirs.id = a.id
    where a.discoverable and a.id <> ${accountId} and (theirs.id is not null or d.is_local)
      and a.suspended_at is null and a.limited_at is null and a.moved_to_account_id is null
      and not exists (select 1 from follows f where f.account_id = ${accountId} and f.target_account_id = a.id)
      and not exists (select 1 from blocks b where (b.account_id, b.target_account_id) in ((${accountId}, a.id), (a.id, ${accountId})))
      and not exists (select 1 from mutes m where m.account_id = ${accountId} and m.target_account_id = a.id
        and (m.expires_at is null or m.expires_at > ${now}::timestamptz))
      and not exists (select 1 from dismissed_suggestions x where x.account_id = ${accountId} and x.target_account_id = a.id)
    order by friends desc, a.followers_count desc, a.id desc limit ${page.limit} offset ${page.offset}`.execute(ctx.db)
  return found.rows
}

/** Sends a suggestion away for good. Whoever is not there is sent away as well. */
export async function dismissSuggestion(tx: Tx, accountId: Id, targetId: Id): Promise<void> {
  await sql`
    insert into dismissed_suggestions (account_id, target_account_id, created_at)
    select ${accountId}, id, ${tx.clock.now().toISOString()} from accounts where id = ${targetId}
    on conflict do nothing`.execute(tx.db)
}
