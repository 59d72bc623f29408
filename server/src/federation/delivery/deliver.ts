import { sql } from 'kysely'
import { hostOf } from '#lib/host'
import { makeId, type Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

export type Outgoing = {
  /** Who sends and signs. */
  accountId: Id
  /** The whole activity, `@context` and all. */
  activity: Readonly<Record<string, unknown>>
  inboxes: Iterable<string>
  /** The post that it is about, for the ledger under it. */
  subjectId?: Id | undefined
}

/**
 * Writes down what is to be sent to whom, in the caller's transaction: one row per inbox, each inbox once. Our own
 * hosts are no recipients: who lives here has been told already.
 */
export async function deliver(tx: Tx, outgoing: Outgoing): Promise<void> {
  const own = new Set<string>([tx.config.domain, new URL(tx.config.url).host])
  const inboxes = [...new Set(outgoing.inboxes)].flatMap((url) => {
    const host = hostOf(url)
    return host && !own.has(host) ? [{ url, host }] : []
  })
  if (inboxes.length === 0) return
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  await tx.db
    .insertInto('outbound_activities')
    .values({
      id,
      account_id: outgoing.accountId,
      type: String(outgoing.activity.type),
      subject_id: outgoing.subjectId ?? null,
      body: JSON.stringify(outgoing.activity),
      created_at: now.toISOString(),
    })
    .execute()
  await sql`insert into deliveries (activity_id, inbox_url, host)
    select ${id}, * from unnest(${inboxes.map((one) => one.url)}::text[], ${inboxes.map((one) => one.host)}::text[])`.execute(
    tx.db,
  )
  tx.afterCommit(() => tx.wakeJobs('outgoing'))
}

export type Ledger = { delivered: number; waiting: number; refused: number; silent: number; total: number }

/**
 * How far a post has come, server by server: it has arrived where one inbox took it, else waits where one is tried again, else was
 * refused where one said no, else nobody answered until it was given up. One query.
 */
export async function findLedger(ctx: Context, subjectIds: readonly Id[]): Promise<Map<Id, Ledger>> {
  if (subjectIds.length === 0) return new Map()
  const found = await sql<Ledger & { subject_id: Id }>`
    select subject_id, count(*) filter (where fate = 1)::int as delivered, count(*) filter (where fate = 2)::int as waiting,
      count(*) filter (where fate = 3)::int as refused, count(*) filter (where fate = 4)::int as silent, count(*)::int as total
    from (
      select a.subject_id, d.host, min(case d.state when 'done' then 1 when 'waiting' then 2 when 'refused' then 3 else 4 end) as fate
      from outbound_activities a join deliveries d on d.activity_id = a.id
      where a.subject_id = any(${[...subjectIds]}::bigint[]) and a.type in ('Create', 'Announce') group by 1, 2) as hosts
    group by 1`.execute(ctx.db)
  return new Map(found.rows.map(({ subject_id, ...ledger }) => [subject_id, ledger]))
}

/** Every inbox that was sent something about a post: whom an edit or a deletion must reach. */
export async function listInboxesOf(ctx: Context, subjectId: Id): Promise<string[]> {
  const found = await sql<{ inbox_url: string }>`
    select distinct d.inbox_url from outbound_activities a join deliveries d on d.activity_id = a.id where a.subject_id = ${subjectId}`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.inbox_url)
}

/** What was sent for an account and about it leaves with it. */
/** Whether something of an account is still on its way: until then its key is needed. */
export async function hasWaitingDeliveries(ctx: Context, accountId: Id): Promise<boolean> {
  const found = await sql`
    select 1 from deliveries d join outbound_activities a on a.id = d.activity_id
    where a.account_id = ${accountId} and d.state = 'waiting' limit 1`.execute(ctx.db)
  return found.rows.length > 0
}

export async function eraseDeliveries(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('outbound_activities').where('account_id', '=', accountId).execute()
}
