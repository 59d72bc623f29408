import { sql } from 'kysely'
import { visibleTo } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

export type ThreadLimits = { ancestors: number; descendants: number; depth: number }

/** mastodon-api 1.6, context: signed-in readers get far more than anonymous ones. */
export const signedInLimits: ThreadLimits = { ancestors: 4096, descendants: 4096, depth: 4096 }
export const anonymousLimits: ThreadLimits = { ancestors: 40, descendants: 60, depth: 20 }

/** The posts above, oldest first, as far as the viewer can see the chain unbroken. */
export async function listAncestors(ctx: Context, viewerId: Id | null, id: Id, limits: ThreadLimits): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    with recursive chain (id, parent_id, depth) as (
      select s.id, s.in_reply_to_id, 0 from statuses s where s.id = ${id}
      union all
      select s.id, s.in_reply_to_id, chain.depth + 1 from statuses s join chain on s.id = chain.parent_id
      where chain.depth < ${limits.ancestors} and ${visibleTo(viewerId)})
    select id from chain where depth > 0 order by depth desc`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}

/** True in SQL for what stands in the thread as the viewer reads it: its author and whoever kept it out see it all the same. */
function standsFor(viewerId: Id | null) {
  return sql<boolean>`not exists (select 1 from set_aside_replies e where e.status_id = s.id
    and (${viewerId}::bigint is null or (s.account_id <> ${viewerId}::bigint and e.decider_id <> ${viewerId}::bigint)))`
}

/** The posts below, each branch whole before the next; the author's own thread comes first at every fork. */
export async function listDescendants(ctx: Context, viewerId: Id | null, id: Id, limits: ThreadLimits): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    with recursive tree (id, path, depth, root_author) as (
      select s.id, array[]::bigint[], 0, s.account_id from statuses s where s.id = ${id}
      union all
      select s.id, tree.path || (case when s.account_id = tree.root_author and s.in_reply_to_account_id = tree.root_author then 0 else 1 end)::bigint || s.id,
        tree.depth + 1, tree.root_author
      from statuses s join tree on s.in_reply_to_id = tree.id
      where tree.depth < ${limits.depth} and ${visibleTo(viewerId)} and ${standsFor(viewerId)})
    select id from tree where depth > 0 order by path limit ${limits.descendants}`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}
