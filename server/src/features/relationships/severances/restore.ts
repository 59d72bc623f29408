import { sql } from 'kysely'
import { countFollow, lockAccounts } from '#features/accounts'
import { makeId, type Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { followAccount } from '../follow.ts'
import { deliverAccept } from '../outbox.ts'
import { isBlockedEitherWay } from '../store.ts'

const CHUNK = 50

type Kept = {
  id: Id
  account_id: Id
  target_account_id: Id
  local_account_id: Id
  uri: string
  show_reblogs: boolean
  notify: boolean
  languages: string[] | null
}

/**
 * Gives back what a severance took: whoever lives here follows anew, and the other server answers; whoever followed from there
 * follows again, since their server was never told otherwise, and it is told once more that they may. In chunks, each follow once.
 */
export async function restoreTies(ctx: Context, severanceId: Id): Promise<void> {
  let after: Id | null = '0'
  while (after !== null) after = await restoreChunk(ctx, severanceId, after)
  const at = ctx.clock.now().toISOString()
  await ctx.db
    .updateTable('severances')
    .set({ undone_at: at })
    .where('id', '=', severanceId)
    .where('undone_at', 'is', null)
    .execute()
}

function restoreChunk(ctx: Context, severanceId: Id, after: Id): Promise<Id | null> {
  return transact(ctx, async (tx) => {
    const found = await sql<Kept>`
      select f.id, f.account_id, f.target_account_id, f.local_account_id, f.uri, f.show_reblogs, f.notify, f.languages
      from severance_follows f join accounts a on a.id = f.account_id join accounts t on t.id = f.target_account_id
      where f.severance_id = ${severanceId} and f.id > ${after} and f.restored_at is null
        and a.suspended_at is null and t.suspended_at is null
      order by f.id limit ${CHUNK} for update of f`.execute(tx.db)
    const ids = found.rows.flatMap((row) => [row.account_id, row.target_account_id])
    await lockAccounts(tx, ids)
    for (const row of found.rows) await restoreOne(tx, row)
    return found.rows.length === CHUNK ? (found.rows.at(-1)?.id ?? null) : null
  })
}

async function restoreOne(tx: Tx, row: Kept): Promise<void> {
  const came = row.account_id === row.local_account_id ? await askAgain(tx, row) : await letInAgain(tx, row)
  if (!came) return
  const at = tx.clock.now().toISOString()
  await tx.db.updateTable('severance_follows').set({ restored_at: at }).where('id', '=', row.id).execute()
}

async function askAgain(tx: Tx, row: Kept): Promise<boolean> {
  const { show_reblogs: reblogs, notify, languages } = row
  try {
    const how = { reblogs, notify, ...(languages === null ? {} : { languages }) }
    await followAccount(tx, row.account_id, row.target_account_id, how)
    return true
  } catch (error) {
    // Whoever blocked the other meanwhile does not follow them again.
    if (!(error instanceof Refusal)) throw error
    return false
  }
}

/** Nobody is told of a follower they had before. */
async function letInAgain(tx: Tx, row: Kept): Promise<boolean> {
  const { account_id: followerId, target_account_id: targetId, uri } = row
  if (await isBlockedEitherWay(tx, followerId, targetId)) return false
  const now = tx.clock.now()
  const values = { account_id: followerId, target_account_id: targetId, uri, state: 'accepted' }
  const added = await tx.db
    .insertInto('follows')
    .values({ id: makeId(now.getTime()), created_at: now.toISOString(), ...values })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return true
  await countFollow(tx, followerId, targetId, 1)
  await enqueue(tx, deliverAccept, { followerId, targetId, uri })
  return true
}
