import { sql } from 'kysely'
import { policyFor } from '#features/domains'
import type { Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { defineJob, enqueue } from '#platform/jobs'

/** Everybody of a server stands as its policy says by now. */
export const serverStandingSettled = defineEvent<{ host: string }>('accounts.server-standing-settled')

const CHUNK = 500
/** Somebody who was stored while the policy was written may have been missed: a second look finds them. */
const SECOND_LOOK_MS = 90_000

/**
 * The people of a server, and of those below its name, are limited or suspended with it, and let go with it. Whoever was limited or
 * suspended by hand stays so. In chunks, each of which may be done again.
 */
export const followServerPolicy = defineJob<{ host: string; isSecondLook?: boolean }>({
  name: 'accounts.follow-server-policy',
  class: 'slow',
  // What waits for its hour must not hold up what comes after it.
  orderingKey: ({ host, isSecondLook }) => `server${isSecondLook ? '-again' : ''}:${host}`,
  run: async (ctx, { host, isSecondLook = false }) => {
    let after: Id | null = '0'
    while (after !== null) after = await settleChunk(ctx, host, after)
    await transact(ctx, async (tx) => {
      await emit(tx, serverStandingSettled, { host })
      const at = new Date(tx.clock.now().getTime() + SECOND_LOOK_MS)
      if (!isSecondLook) await enqueue(tx, followServerPolicy, { host, isSecondLook: true }, at)
    })
  },
})

/** Gives where to go on; null after the last. */
async function settleChunk(ctx: Context, host: string, after: Id): Promise<Id | null> {
  const at = ctx.clock.now().toISOString()
  const found = await sql<{ id: Id }>`
    with these as (
      select a.id, p.severity from accounts a join domains d on d.id = a.domain_id
      left join lateral ${policyFor(sql`d.host`)} p on true
      where not d.is_local and ${host} = any(host_and_parents(d.host)) and a.id > ${after} order by a.id limit ${CHUNK}),
    changed as (
      update accounts a set version = a.version + 1,
        suspended_at = case when s.severity = 'suspend' then coalesce(a.suspended_at, ${at}) when not a.suspended_with_server then a.suspended_at end,
        suspended_with_server = coalesce(s.severity = 'suspend', false) and (a.suspended_with_server or a.suspended_at is null),
        limited_at = case when s.severity = 'silence' then coalesce(a.limited_at, ${at}) when not a.limited_with_server then a.limited_at end,
        limited_with_server = coalesce(s.severity = 'silence', false) and (a.limited_with_server or a.limited_at is null)
      from these s where a.id = s.id and (
        coalesce(s.severity = 'suspend', false) <> a.suspended_with_server or coalesce(s.severity = 'silence', false) <> a.limited_with_server))
    select id from these order by id`.execute(ctx.db)
  return found.rows.length === CHUNK ? (found.rows.at(-1)?.id ?? null) : null
}

/** How somebody who is met for the first time stands, since their server is limited; of one that is shut out nobody is stored. */
export async function standingFrom(tx: Tx, host: string): Promise<{ limited_at?: string; limited_with_server?: true }> {
  const found = await sql<{ severity: string }>`select p.severity from ${policyFor(sql`${host}`)} p`.execute(tx.db)
  const isLimited = found.rows[0]?.severity === 'silence'
  return isLimited ? { limited_at: tx.clock.now().toISOString(), limited_with_server: true } : {}
}

/** True in SQL for the name of a server (`d.host`) that is this one, or lies below it. */
const isOf = (host: string) => sql`not d.is_local and ${host} = any(host_and_parents(d.host))`

/** How many people of a server are known here. One query. */
export async function countPeopleOf(ctx: Context, host: string): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from accounts a join domains d on d.id = a.domain_id where ${isOf(host)}`.execute(
    ctx.db,
  )
  return found.rows[0]?.count ?? 0
}

/** Some of them. */
export async function findPeopleOf(ctx: Context, host: string, limit: number): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select a.id from accounts a join domains d on d.id = a.domain_id where ${isOf(host)} order by a.id limit ${limit}`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.id)
}
