import { sql } from 'kysely'
import { gatherMessages } from '#features/direct-threads'
import { announce } from '#features/streaming'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import type { Occasion } from './types.ts'

/** Somebody whose mentions are filtered waits to be let in: one request per sender, newest mention noted. */
export async function noteRequests(tx: Tx, occasion: Occasion, accountIds: readonly Id[]): Promise<void> {
  if (accountIds.length === 0) return
  const now = tx.clock.now().toISOString()
  const last = { last_status_id: occasion.statusId ?? null, updated_at: now }
  await tx.db
    .insertInto('notification_requests')
    .values(accountIds.map((id) => ({ account_id: id, from_account_id: occasion.fromId, created_at: now, ...last })))
    .onConflict((conflict) => conflict.columns(['account_id', 'from_account_id']).doUpdateSet(last))
    .execute()
}

export type RequestRow = {
  id: Id
  from_account_id: Id
  last_status_id: Id | null
  created_at: string
  updated_at: string
  count: number
}

/** Counts stop here: nobody reads more. */
const MOST_COUNTED = 100

function selectRequests(accountId: Id) {
  return sql`
    select r.id, r.from_account_id, r.last_status_id, r.created_at, r.updated_at,
      (select count(*)::int from (select 1 from notifications n
        where n.account_id = r.account_id and n.from_account_id = r.from_account_id and n.filtered limit ${MOST_COUNTED}) c) as count
    from notification_requests r
    where r.account_id = ${accountId}
      and not exists (select 1 from accounts a where a.id = r.from_account_id and a.suspended_at is not null)`
}

export async function listRequests(ctx: Context, accountId: Id, page: PageRequest): Promise<RequestRow[]> {
  const found = await sql<RequestRow>`${selectRequests(accountId)} and ${pageBounds(sql`r.id`, page)}
    order by r.id ${sql.raw(pageOrder(page))} limit ${page.limit}`.execute(ctx.db)
  return page.minId === undefined ? found.rows : found.rows.toReversed()
}

export async function requireRequest(ctx: Context, accountId: Id, id: string): Promise<RequestRow> {
  if (!isId(id)) throw notFound()
  const found = await sql<RequestRow>`${selectRequests(accountId)} and r.id = ${id}`.execute(ctx.db)
  const row = found.rows[0]
  if (!row) throw notFound()
  return row
}

export type RequestSummary = { requests: number; notifications: number }

export async function countRequests(ctx: Context, accountId: Id): Promise<RequestSummary> {
  const found = await sql<RequestSummary>`
    select count(*)::int as requests, coalesce(sum(r.count), 0)::int as notifications
    from (${selectRequests(accountId)}) r`.execute(ctx.db)
  return found.rows[0] ?? { requests: 0, notifications: 0 }
}

/** Takes the requests of these ids away and gives their senders; ids of nobody are passed over. */
async function takeRequests(tx: Tx, accountId: Id, ids: readonly string[]): Promise<Id[]> {
  const gone = await sql<{ from_account_id: Id }>`
    delete from notification_requests where account_id = ${accountId} and id = any(${ids.filter(isId)}::bigint[])
    returning from_account_id`.execute(tx.db)
  return gone.rows.map((row) => row.from_account_id)
}

/** Of these posts, the private ones, held so that their deletion comes after. */
async function holdPrivate(tx: Tx, statusIds: readonly Id[]): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select id from statuses where id = any(${[...statusIds]}::bigint[]) and visibility = 'direct' order by id for share`.execute(
    tx.db,
  )
  return found.rows.map((row) => row.id)
}

/**
 * Lets senders in for good: what they told before is shown at once, their private mentions among the threads. Gives how many.
 */
export async function acceptRequests(tx: Tx, accountId: Id, ids: readonly string[]): Promise<number> {
  const senders = await takeRequests(tx, accountId, ids)
  if (senders.length === 0) return 0
  const now = tx.clock.now().toISOString()
  await tx.db
    .insertInto('notification_permissions')
    .values(senders.map((from_account_id) => ({ account_id: accountId, from_account_id, created_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const shown = await sql<{ type: string; status_id: Id | null }>`update notifications set filtered = false
    where account_id = ${accountId} and filtered and from_account_id = any(${senders}::bigint[])
    returning type, status_id`.execute(tx.db)
  const mentions = shown.rows.flatMap((row) => (row.type === 'mention' && row.status_id ? [row.status_id] : []))
  const messages = await holdPrivate(tx, mentions)
  await gatherMessages(
    tx,
    messages.map((statusId) => ({ accountId, statusId, isQuiet: false })),
  )
  tx.afterCommit(() => announce(tx.streams, 'notifications_merged', { accountId }))
  return senders.length
}

/** Turns senders away until they write again, what was filtered is gone; gives how many. */
export async function dismissRequests(tx: Tx, accountId: Id, ids: readonly string[]): Promise<number> {
  const senders = await takeRequests(tx, accountId, ids)
  await sql`delete from notifications
    where account_id = ${accountId} and filtered and from_account_id = any(${senders}::bigint[])`.execute(tx.db)
  return senders.length
}
