import { sql } from 'kysely'
import { countFollow, findAccountsById, lockAccounts } from '#features/accounts'
import { makeId, type Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { followAccount, unfollowAccount } from '../follow.ts'
import { findFollow, isBlockedEitherWay } from '../store.ts'
import { noteReturned, tellLost, type LostTie } from './tell-lost.ts'

/** How long the team can give back what a suspension ended. */
const KEPT_MS = 30 * 24 * 3_600_000

/** Follows and requests between an account and people of here, either way: what a suspension ends. */
async function listSeverable(ctx: Context, accountId: Id) {
  const found = await sql<{
    account_id: Id
    target_account_id: Id
    state: string
    uri: string
    show_reblogs: boolean
    notify: boolean
    languages: string[] | null
  }>`
    select f.account_id, f.target_account_id, f.state, f.uri, f.show_reblogs, f.notify, f.languages
    from follows f join accounts o on o.id = case when f.account_id = ${accountId} then f.target_account_id else f.account_id end
    join domains d on d.id = o.domain_id
    where (f.account_id = ${accountId} or f.target_account_id = ${accountId}) and d.is_local order by f.id`.execute(
    ctx.db,
  )
  return found.rows
}

/** How many people of here a suspension would part from an account: who follows it, and whom it follows. One query. */
export async function countSeverable(ctx: Context, accountId: Id): Promise<{ followers: number; following: number }> {
  const rows = await listSeverable(ctx, accountId)
  const followers = rows.filter((row) => row.target_account_id === accountId).length
  return { followers, following: rows.length - followers }
}

/**
 * Ends every follow between an account and people of here, and keeps what it was like, so that it can be given back. What
 * people of other servers have to do with a resident is theirs: their servers are told of the suspension.
 */
export async function severAccount(tx: Tx, accountId: Id): Promise<void> {
  const others = (await listSeverable(tx, accountId)).flatMap((row) => [row.account_id, row.target_account_id])
  // All at once and in one order, so that two suspensions never wait for each other in a circle.
  await lockAccounts(tx, [accountId, ...others])
  const now = tx.clock.now()
  const lost: LostTie[] = []
  const ties = await listSeverable(tx, accountId)
  for (const { uri, ...row } of ties) {
    const kept = { id: makeId(now.getTime()), suspended_account_id: accountId, severed_at: now.toISOString() }
    await tx.db
      .insertInto('severed_follows')
      .values({ ...row, ...kept })
      .execute()
    const by = row.target_account_id === accountId ? 'follower' : 'target'
    await unfollowAccount(tx, row.account_id, row.target_account_id, by)
    const { state, ...tie } = row
    if (state === 'accepted') lost.push({ ...tie, uri })
  }
  await tellLost(tx, accountId, lost)
}

type Severed = Awaited<ReturnType<typeof takeSevered>>[number]

async function takeSevered(tx: Tx, accountId: Id) {
  return tx.db
    .deleteFrom('severed_follows')
    .where('suspended_account_id', '=', accountId)
    .returning(['id', 'account_id', 'target_account_id', 'state', 'show_reblogs', 'notify', 'languages'])
    .execute()
}

/**
 * Gives back what a suspension ended. Residents follow each other as before; people of other servers are asked anew; and
 * who follows from elsewhere has to ask again, since only their own server can.
 */
export async function restoreSevered(tx: Tx, accountId: Id): Promise<void> {
  const rows = await takeSevered(tx, accountId)
  const ids = rows.flatMap((row) => [row.account_id, row.target_account_id])
  await lockAccounts(tx, [accountId, ...ids])
  const people = await findAccountsById(tx, ids)
  const back: [Id, Id][] = []
  for (const row of rows.toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)))) {
    const [follower, target] = [people.get(row.account_id), people.get(row.target_account_id)]
    if (!follower?.is_local || !target) continue
    const isBack = await (target.is_local ? followAgain(tx, row) : askAgain(tx, row))
    if (isBack) back.push([row.account_id, row.target_account_id])
  }
  await noteReturned(tx, accountId, back)
}

/** @returns false where one of the two has blocked the other meanwhile. */
async function followAgain(tx: Tx, row: Severed): Promise<boolean> {
  const { account_id, target_account_id, state, show_reblogs, notify, languages } = row
  if (await findFollow(tx, account_id, target_account_id)) return true
  if (await isBlockedEitherWay(tx, account_id, target_account_id)) return false
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  const uri = `${tx.config.url}/ap/follows/${id}`
  const created_at = now.toISOString()
  await tx.db
    .insertInto('follows')
    .values({ id, account_id, target_account_id, state, show_reblogs, notify, languages, uri, created_at })
    .execute()
  if (state === 'accepted') await countFollow(tx, account_id, target_account_id, 1)
  return true
}

async function askAgain(tx: Tx, row: Severed): Promise<boolean> {
  const { account_id, target_account_id, show_reblogs: reblogs, notify, languages } = row
  try {
    await followAccount(tx, account_id, target_account_id, {
      reblogs,
      notify,
      ...(languages === null ? {} : { languages }),
    })
    return true
  } catch (error) {
    // Whoever blocked the other meanwhile does not follow them again.
    if (!(error instanceof Refusal)) throw error
    return false
  }
}

const pruneSevered = defineJob<Record<string, never>>({
  name: 'relationships.prune-severed',
  class: 'slow',
  run: async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
    await ctx.db.deleteFrom('severed_follows').where('severed_at', '<', before).execute()
  },
})

export const severingSchedules: Schedule[] = [{ job: pruneSevered, everySeconds: 24 * 3_600 }]
