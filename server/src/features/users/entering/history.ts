import { sql } from 'kysely'
import { isId, makeId, type Id } from '#lib/id'
import { enqueue } from '#platform/jobs'
import { transact, type Context, type Tx } from '#platform/context'
import { mailFactorFailed, mailNewPlace } from './mails.ts'
import type { SignInMethod } from '../sessions.ts'

type Attempt = { userId: Id | null; method: SignInMethod; ip: string; userAgent: string }

/** Writes down that somebody came in, and tells them by mail when it was from where they never were before. */
export async function noteEntrance(tx: Tx, attempt: Attempt & { userId: Id }): Promise<void> {
  if (await isNewPlace(tx, attempt)) {
    const { userId, ip, userAgent } = attempt
    await enqueue(tx, mailNewPlace, { userId, ip, userAgent, at: tx.clock.now().toISOString() })
  }
  await insert(tx, attempt, true)
}

/**
 * Whether somebody comes from where they never were: another /16 of IPv4, another /64 of IPv6. Not told at the first
 * sign-in of all, nor to whom a second factor guards (mastodon-features 8). One query.
 */
async function isNewPlace(tx: Tx, { userId, ip }: { userId: Id; ip: string }): Promise<boolean> {
  const bits = ip.includes(':') ? 64 : 16
  const found = await sql<{ guarded: boolean; first: boolean; known: boolean }>`
    select u.second_factor_at is not null as guarded, not exists (select 1 from sign_ins s where s.user_id = u.id and s.succeeded) as first,
      exists (select 1 from sign_ins s where s.user_id = u.id and s.succeeded and s.ip <<= network(set_masklen(${ip}::inet, ${sql.lit(bits)}))) as known
    from users u where u.id = ${userId}`.execute(tx.db)
  const row = found.rows[0]
  return row !== undefined && !row.guarded && !row.first && !row.known
}

/** Writes down that somebody did not come in; nobody, too, is written down, so that a name which is not here costs the same. */
export async function noteFailure(ctx: Context, attempt: Attempt): Promise<void> {
  await transact(ctx, (tx) => insert(tx, attempt, false))
}

async function insert(tx: Tx, { userId, method, ip, userAgent }: Attempt, succeeded: boolean): Promise<void> {
  const now = tx.clock.now()
  await tx.db
    .insertInto('sign_ins')
    .values({
      id: makeId(now.getTime()),
      user_id: userId,
      method,
      succeeded,
      ip,
      user_agent: userAgent.slice(0, 300),
      created_at: now.toISOString(),
    })
    .execute()
}

export type PageAsked = { max_id?: string | undefined; limit?: number | undefined }
const HOUR_MS = 3_600_000
const [USUAL, MOST] = [20, 80]

/** When somebody came in as a person, or tried to, the newest first. One query. */
export async function listSignIns(ctx: Context, userId: Id, { max_id, limit = USUAL }: PageAsked) {
  const newest = ctx.db
    .selectFrom('sign_ins')
    .select(['id', 'method', 'succeeded', 'ip', 'user_agent', 'created_at'])
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(Math.min(Math.max(limit, 1), MOST))
  return (max_id !== undefined && isId(max_id) ? newest.where('id', '<', max_id) : newest).execute()
}

/** Somebody knows the password and not the second factor: the person hears of it, once an hour. */
export async function noteWrongFactor(ctx: Context, attempt: Attempt & { userId: Id }): Promise<void> {
  const { userId, ip, userAgent } = attempt
  const now = ctx.clock.now()
  const anHourAgo = new Date(now.getTime() - HOUR_MS).toISOString()
  await transact(ctx, async (tx) => {
    await insert(tx, attempt, false)
    const isToBeTold = await tx.db
      .updateTable('users')
      .set({ second_factor_alert_at: now.toISOString() })
      .where('id', '=', userId)
      .where((eb) => eb.or([eb('second_factor_alert_at', 'is', null), eb('second_factor_alert_at', '<=', anHourAgo)]))
      .returning('id')
      .executeTakeFirst()
    if (isToBeTold) await enqueue(tx, mailFactorFailed, { userId, ip, userAgent, at: now.toISOString() })
  })
}

const DAY_MS = 24 * 3_600_000

export async function pruneSignIns(ctx: Context): Promise<void> {
  const ago = (days: number) => new Date(ctx.clock.now().getTime() - days * DAY_MS).toISOString()
  await sql`delete from sign_ins where created_at < ${ago(365)} or (user_id is null and created_at < ${ago(1)})`.execute(
    ctx.db,
  )
}
