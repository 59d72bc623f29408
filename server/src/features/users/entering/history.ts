import { sql } from 'kysely'
import { isId, makeId, type Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import type { SignInMethod } from '../sessions.ts'

type Attempt = { userId: Id | null; method: SignInMethod; ip: string; userAgent: string }

/** Writes down that somebody came in, and tells them by mail when it was from where they never were before. */
export async function noteEntrance(tx: Tx, attempt: Attempt & { userId: Id }): Promise<void> {
  await insert(tx, attempt, true)
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

const DAY_MS = 24 * 3_600_000

export async function pruneSignIns(ctx: Context): Promise<void> {
  const ago = (days: number) => new Date(ctx.clock.now().getTime() - days * DAY_MS).toISOString()
  await sql`delete from sign_ins where created_at < ${ago(365)} or (user_id is null and created_at < ${ago(1)})`.execute(
    ctx.db,
  )
}
