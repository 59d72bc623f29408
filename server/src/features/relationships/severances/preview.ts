import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

/** What would be lost with a server. */
export type Ties = {
  /** Follows of people here, and how many of them follow somebody there. */
  following: number
  followers: number
  /** How many people here would lose somebody. */
  people: number
  /** Who loses most, with what they lose. */
  named: { accountId: Id; following: number; followers: number }[]
}

const NAMED = 20

/** The follows between people here and a server, and those below its name. One query. */
export async function findTies(ctx: Context, host: string): Promise<Ties> {
  const found = await sql<{ id: Id; following: number; followers: number; people: number; out: number; in: number }>`
    with there as (
      select a.id from accounts a join domains d on d.id = a.domain_id
      where not d.is_local and ${host} = any(host_and_parents(d.host))),
    ties as (
      select f.account_id as id, 1 as following, 0 as followers from follows f
        where f.state = 'accepted' and f.target_account_id in (select id from there)
      union all select f.target_account_id, 0, 1 from follows f
        where f.state = 'accepted' and f.account_id in (select id from there)),
    each as (select id, sum(following)::int as following, sum(followers)::int as followers from ties group by id)
    select id, following, followers, count(*) over ()::int as people, sum(following) over ()::int as out, sum(followers) over ()::int as in
    from each order by following + followers desc, id limit ${NAMED}`.execute(ctx.db)
  const [first] = found.rows
  return {
    following: first?.out ?? 0,
    followers: first?.in ?? 0,
    people: first?.people ?? 0,
    named: found.rows.map(({ id, following, followers }) => ({ accountId: id, following, followers })),
  }
}
