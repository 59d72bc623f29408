import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

const columns = [
  'status_id',
  'account_id',
  'uri',
  'options',
  'tallies',
  'voters_count',
  'multiple',
  'hide_totals',
  'expires_at',
  'closed_at',
  'counts_due_at',
  'fetched_at',
] as const

export type PollRow = NonNullable<Awaited<ReturnType<typeof findPoll>>>

/** The poll of a post; the two share their id. */
export async function findPoll(ctx: Context, statusId: Id) {
  return ctx.db.selectFrom('polls').select(columns).where('status_id', '=', statusId).executeTakeFirst()
}

/** The poll, held until the end of the transaction: whoever counts or changes it does so alone. */
export async function holdPoll(tx: Tx, statusId: Id): Promise<PollRow | undefined> {
  return tx.db.selectFrom('polls').select(columns).where('status_id', '=', statusId).forUpdate().executeTakeFirst()
}

export function isExpired(poll: Pick<PollRow, 'expires_at'>, now: Date): boolean {
  return poll.expires_at !== null && Date.parse(poll.expires_at) <= now.getTime()
}

/** A poll with what one viewer chose in it, null when that is nothing or nobody asks; and the server of whoever asks it. */
export type SeenPoll = PollRow & { own: number[] | null; host: string | null }

/** The polls of these posts with the viewer's votes. One query, however many; null is an anonymous reader. */
export async function findSeenPolls(ctx: Context, viewerId: Id | null, statusIds: readonly Id[]): Promise<SeenPoll[]> {
  if (statusIds.length === 0) return []
  const own = sql<number[] | null>`(select array_agg(v.choice order by v.choice) from poll_votes v
    where v.status_id = polls.status_id and v.account_id = ${viewerId}::bigint)`
  const host = sql<
    string | null
  >`(select d.host from accounts a join domains d on d.id = a.domain_id where a.id = polls.account_id)`
  return ctx.db
    .selectFrom('polls')
    .select([...columns, own.as('own'), host.as('host')])
    .where('status_id', '=', sql<string>`any(${[...statusIds]}::bigint[])`)
    .execute()
}

/** What somebody has chosen in a poll already. */
export async function listChoices(ctx: Context, statusId: Id, accountId: Id): Promise<number[]> {
  const rows = await ctx.db
    .selectFrom('poll_votes')
    .select('choice')
    .where('status_id', '=', statusId)
    .where('account_id', '=', accountId)
    .execute()
  return rows.map((row) => row.choice)
}

/** Who voted, of those who live here or of those who do not. */
export async function listVoters(ctx: Context, statusId: Id, where: 'here' | 'elsewhere'): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select distinct v.account_id as id from poll_votes v join accounts a on a.id = v.account_id
    join domains d on d.id = a.domain_id and d.is_local = ${where === 'here'} where v.status_id = ${statusId}`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.id)
}
