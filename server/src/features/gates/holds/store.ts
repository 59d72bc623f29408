import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { pageBounds, type PageRequest } from '#platform/db'

export type HoldReason = 'rule' | 'first_posts'
export type NewHold = {
  statusId: Id
  accountId: Id
  host: string | null
  ruleId: Id | null
  reason: HoldReason
  visibility: string
  quotedStatusId?: Id | null
  /** What a post from elsewhere quotes, as it was read. */
  quote?: unknown
  wasLive?: boolean
  /** Until then the author can take it back, and nobody decides; absent: now. */
  waitsFrom?: Date
}

export type HoldRow = {
  id: Id
  status_id: Id
  account_id: Id
  host: string | null
  rule_id: Id | null
  reason: HoldReason
  quoted_status_id: Id | null
  quote: unknown
  visibility: string
  was_live: boolean
  decision: 'approved' | 'rejected' | null
  decided_at: string | null
  excerpt: string
  created_at: string
}

const COLUMNS = sql`id, status_id, account_id, host, rule_id, reason, quoted_status_id, quote, visibility, was_live, decision, decided_at, excerpt, created_at`

/** Lets a post wait for a moderator; one that waits already goes on waiting. */
export async function keepWaiting(tx: Tx, hold: NewHold): Promise<void> {
  await tx.db
    .insertInto('content_holds')
    .values({
      status_id: hold.statusId,
      account_id: hold.accountId,
      host: hold.host,
      rule_id: hold.ruleId,
      reason: hold.reason,
      quoted_status_id: hold.quotedStatusId ?? null,
      quote: hold.quote === undefined ? null : JSON.stringify(hold.quote),
      visibility: hold.visibility,
      was_live: hold.wasLive ?? false,
      waits_from: (hold.waitsFrom ?? tx.clock.now()).toISOString(),
      created_at: tx.clock.now().toISOString(),
    })
    .onConflict((conflict) => conflict.column('status_id').doNothing())
    .execute()
}

/** A page of what waits for a moderator, the oldest id last. One query. */
export async function listWaiting(ctx: Context, page: PageRequest): Promise<HoldRow[]> {
  const found = await sql<HoldRow>`
    select ${COLUMNS} from content_holds where decision is null and waits_from <= ${ctx.clock.now().toISOString()}::timestamptz and ${pageBounds(sql.ref('id'), page)}
    order by id desc limit ${page.limit}`.execute(ctx.db)
  return found.rows
}

export async function findHold(ctx: Context, id: Id): Promise<HoldRow | undefined> {
  const found = await sql<HoldRow>`select ${COLUMNS} from content_holds where id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** How many wait. One query. */
export async function countWaiting(ctx: Context): Promise<number> {
  const found = await sql<{
    count: number
  }>`select count(*)::int as count from content_holds where decision is null and waits_from <= ${ctx.clock.now().toISOString()}::timestamptz`.execute(
    ctx.db,
  )
  return found.rows[0]?.count ?? 0
}

/** What an author has waiting, and what was decided of late. One query. */
export async function listHoldsOf(ctx: Context, accountId: Id): Promise<HoldRow[]> {
  const found = await sql<HoldRow>`
    select ${COLUMNS} from content_holds where account_id = ${accountId} order by id desc limit 100`.execute(ctx.db)
  return found.rows
}

/** Which posts of an author, of these or of all, wait for a moderator. One query. */
export async function listWaitingOf(ctx: Context, accountId: Id, ids?: readonly Id[]): Promise<Id[]> {
  const only = ids === undefined ? sql`true` : sql`status_id = any(${[...ids]}::bigint[])`
  const found = await sql<{ status_id: Id }>`
    select status_id from content_holds where account_id = ${accountId} and decision is null and ${only} order by status_id`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.status_id)
}

/** Which of these posts wait for a moderator. One query. */
export async function findWaiting(ctx: Context, statusIds: readonly Id[]): Promise<Set<Id>> {
  if (statusIds.length === 0) return new Set()
  const found = await sql<{ status_id: Id }>`
    select status_id from content_holds where status_id = any(${[...statusIds]}::bigint[]) and decision is null`.execute(
    ctx.db,
  )
  return new Set(found.rows.map((row) => row.status_id))
}

/** Takes holds to decide on them; what somebody else decided meanwhile is not among them. */
export async function takeHolds(tx: Tx, ids: readonly Id[], by: 'id' | 'status_id' = 'id'): Promise<HoldRow[]> {
  const now = tx.clock.now().toISOString()
  const found = await sql<HoldRow>`
    select ${COLUMNS} from content_holds where ${sql.ref(by)} = any(${[...ids]}::bigint[]) and decision is null
      and waits_from <= ${now}::timestamptz order by id for update`.execute(tx.db)
  return found.rows
}

export type HoldDecision = { decision: 'approved' | 'rejected'; actorId: Id; excerpt: string }

export async function settleHold(tx: Tx, id: Id, { decision, actorId, excerpt }: HoldDecision): Promise<void> {
  await sql`update content_holds set decision = ${decision}, decided_at = ${tx.clock.now().toISOString()},
    decided_by = ${actorId}, excerpt = ${excerpt} where id = ${id}`.execute(tx.db)
}

/** Whose posts these are, of holds by id. One query. */
export async function findHeldAuthors(ctx: Context, ids: readonly Id[]): Promise<Map<Id, Id>> {
  const found = await sql<{ id: Id; account_id: Id }>`
    select id, account_id from content_holds where id = any(${[...ids]}::bigint[])`.execute(ctx.db)
  return new Map(found.rows.map((row) => [row.id, row.account_id]))
}
