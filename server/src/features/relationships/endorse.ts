import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, type PageRequest } from '#platform/db'
import { requireTarget } from './follow.ts'
import { findFollow, type RelationPage } from './store.ts'

/** Puts somebody on one's own profile; refuses (422) whom one does not follow. Pressing twice changes nothing. */
export async function endorseAccount(tx: Tx, accountId: Id, targetId: Id): Promise<void> {
  await requireTarget(tx, accountId, targetId)
  if ((await findFollow(tx, accountId, targetId))?.state !== 'accepted')
    throw invalid('Validation failed: You must be already following the person you want to endorse')
  await tx.db
    .insertInto('endorsements')
    .values({ account_id: accountId, target_account_id: targetId, created_at: tx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.columns(['account_id', 'target_account_id']).doNothing())
    .execute()
}

/** Takes somebody off one's own profile. */
export async function unendorseAccount(tx: Tx, accountId: Id, targetId: Id): Promise<void> {
  await tx.db
    .deleteFrom('endorsements')
    .where('account_id', '=', accountId)
    .where('target_account_id', '=', targetId)
    .execute()
}

/** Who stands on a profile, latest first; nobody who is gone, or whom the viewer must not meet. */
export async function listEndorsed(
  ctx: Context,
  who: { accountId: Id; viewerId: Id | null },
  page: PageRequest | 'all',
): Promise<RelationPage> {
  const bounds = page === 'all' ? sql`true` : pageBounds(sql`e.id`, page)
  const limit = page === 'all' ? sql`` : sql`limit ${page.limit}`
  const found = await sql<{ id: Id; account_id: Id }>`
    select e.id, e.target_account_id as account_id from endorsements e join accounts a on a.id = e.target_account_id
    where e.account_id = ${who.accountId} and ${bounds} and a.suspended_at is null
      and not exists (select 1 from blocks b where (b.account_id = a.id and b.target_account_id = ${who.viewerId}::bigint)
        or (b.account_id = ${who.viewerId}::bigint and b.target_account_id = a.id))
    order by e.id desc ${limit}`.execute(ctx.db)
  return { rowIds: found.rows.map((row) => row.id), accountIds: found.rows.map((row) => row.account_id) }
}

/** Of those whom somebody follows, who follows each of these accounts; who hides their list is not told of. One query. */
export async function findFamiliarFollowers(
  ctx: Context,
  viewerId: Id,
  accountIds: readonly Id[],
): Promise<Map<Id, Id[]>> {
  const found = await sql<{ id: Id; account_id: Id }>`
    select asked.id, theirs.account_id from unnest(${[...accountIds]}::bigint[]) as asked (id)
    join accounts target on target.id = asked.id and target.hide_collections is not true and target.suspended_at is null
    join follows theirs on theirs.target_account_id = asked.id and theirs.state = 'accepted'
    join follows mine on mine.account_id = ${viewerId} and mine.target_account_id = theirs.account_id and mine.state = 'accepted'
    join accounts friend on friend.id = theirs.account_id and friend.hide_collections is not true and friend.suspended_at is null
    where not exists (select 1 from blocks b where b.account_id = asked.id and b.target_account_id = ${viewerId})
    order by theirs.id desc limit 400`.execute(ctx.db)
  const byId = new Map<Id, Id[]>(accountIds.map((id) => [id, []]))
  for (const row of found.rows) byId.get(row.id)?.push(row.account_id)
  return byId
}
