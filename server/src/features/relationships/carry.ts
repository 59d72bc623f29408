import { sql } from 'kysely'
import { findAccount } from '#features/accounts'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { blockAccount } from './block.ts'
import { muteAccount } from './mute.ts'

/** People here who say something of an account that is not a follow: after one of them, in their order. */
export async function listOpinionated(ctx: Context, accountId: Id, after: Id, limit: number): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select distinct r.account_id as id from (
      select account_id from blocks where target_account_id = ${accountId}
      union all select account_id from mutes where target_account_id = ${accountId}
      union all select account_id from account_notes where target_account_id = ${accountId}) r
    join accounts a on a.id = r.account_id join domains d on d.id = a.domain_id
    where d.is_local and r.account_id > ${after} order by 1 limit ${limit}`.execute(ctx.db)
  return found.rows.map(({ id }) => id)
}

/**
 * Says of the new account of somebody who moved what a person said of the old one: mute, block, private note. What they
 * said of the new one already stays; whom they follow is not blocked. Twice is once.
 */
export async function carryStance(tx: Tx, personId: Id, oldId: Id, newId: Id): Promise<void> {
  if (personId === newId) return
  const pair = (target: Id) => sql`account_id = ${personId} and target_account_id = ${target}`
  const found = await sql<{ mutes: boolean | null; expires_at: string | null; blocks: boolean; follows: boolean }>`
    select (select hide_notifications from mutes where ${pair(oldId)}
        and not exists (select 1 from mutes where ${pair(newId)})) as mutes,
      (select expires_at from mutes where ${pair(oldId)}) as expires_at,
      exists (select 1 from blocks where ${pair(oldId)}) as blocks,
      exists (select 1 from follows where ${pair(newId)}) as follows`.execute(tx.db)
  const stance = found.rows[0]
  await carryNote(tx, personId, oldId, newId)
  if (stance?.mutes !== null && stance !== undefined) await carryMute(tx, personId, newId, stance)
  if (stance?.blocks && !stance.follows) await blockAccount(tx, personId, newId)
}

type Mute = { mutes: boolean | null; expires_at: string | null }

async function carryMute(tx: Tx, personId: Id, newId: Id, { mutes, expires_at: until }: Mute): Promise<void> {
  const left = until === null ? 0 : Math.ceil((Date.parse(until) - tx.clock.now().getTime()) / 1000)
  if (until === null || left > 0)
    await muteAccount(tx, personId, newId, { notifications: mutes ?? true, durationSeconds: left })
}

/** The note begins with who they were; one that stands there already is kept, and this one stands below it. */
async function carryNote(tx: Tx, personId: Id, oldId: Id, newId: Id): Promise<void> {
  const old = await findAccount(tx, oldId)
  if (!old) throw new Refusal('gone', 'The account that moved is gone')
  await sql`
    insert into account_notes (account_id, target_account_id, comment, updated_at)
    select account_id, ${newId}::bigint, left(${`@${old.username}@${old.host}: `} || comment, 2000), ${tx.clock.now().toISOString()}
    from account_notes where account_id = ${personId} and target_account_id = ${oldId}
    on conflict (account_id, target_account_id) do update set comment = left(account_notes.comment || E'\n\n' || excluded.comment, 2000)
      where position(excluded.comment in account_notes.comment) = 0`.execute(tx.db)
}

type Follow = { id: Id; account_id: Id; show_reblogs: boolean; notify: boolean; languages: string[] | null }

/** Follows of people here, with how they follow, after one of them. */
export async function listLocalFollows(ctx: Context, accountId: Id, after: Id, limit: number): Promise<Follow[]> {
  const found = await sql<Follow>`
    select f.id, f.account_id, f.show_reblogs, f.notify, f.languages
    from follows f join accounts a on a.id = f.account_id join domains d on d.id = a.domain_id
    where f.target_account_id = ${accountId} and f.state = 'accepted' and d.is_local and f.id > ${after}
    order by f.id limit ${limit}`.execute(ctx.db)
  return found.rows
}

/** Where people live who block an account: they are told that it moved, so that the block goes along. */
export async function listBlockers(ctx: Context, accountId: Id): Promise<Id[]> {
  const rows = await ctx.db
    .selectFrom('blocks')
    .select('account_id')
    .where('target_account_id', '=', accountId)
    .execute()
  return rows.map((row) => row.account_id)
}
