import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** How far the errand for a thread is; of the last one, once it is over. */
export type ThreadFetch = {
  status_id: Id
  token: string
  finished_at: string | null
  found: number
  expected: number | null
  silent_hosts: string[]
}

const columns = ['status_id', 'token', 'finished_at', 'found', 'expected', 'silent_hosts'] as const

export async function findFetch(ctx: Context, statusId: Id): Promise<ThreadFetch | undefined> {
  return ctx.db.selectFrom('thread_fetches').select(columns).where('status_id', '=', statusId).executeTakeFirst()
}

export const makeToken = () => randomBytes(15).toString('base64url')

/** By what an app was told; undefined for what is no token, too. */
export async function findFetchByToken(ctx: Context, token: string): Promise<ThreadFetch | undefined> {
  if (!/^[\w-]{20}$/.test(token)) return undefined
  return ctx.db.selectFrom('thread_fetches').select(columns).where('token', '=', token).executeTakeFirst()
}

/** Notes that an errand begins, unless one began after `before`: then somebody else has it, and nothing is given. */
export async function beginFetch(
  tx: Tx,
  statusId: Id,
  { token, before }: { token: string; before: Date },
): Promise<ThreadFetch | undefined> {
  const fresh = { token, started_at: tx.clock.now().toISOString(), finished_at: null, found: 0, silent_hosts: [] }
  return tx.db
    .insertInto('thread_fetches')
    .values({ status_id: statusId, ...fresh })
    .onConflict((conflict) =>
      conflict.column('status_id').doUpdateSet(fresh).where('thread_fetches.started_at', '<', before.toISOString()),
    )
    .returning(columns)
    .executeTakeFirst()
}

type Step = { found?: number; expected?: number; silentHost?: string }

/** Adds to what is known of an errand that still goes by this token. */
export async function noteFetch(ctx: Context, token: string, { found = 0, expected, silentHost }: Step): Promise<void> {
  await sql`update thread_fetches set found = found + ${found}, expected = coalesce(${expected ?? null}::int, expected),
    silent_hosts = case when ${silentHost ?? null}::text is null or ${silentHost ?? null}::text = any(silent_hosts)
      then silent_hosts else (silent_hosts || ${silentHost ?? null}::text)[1:20] end
    where token = ${token}`.execute(ctx.db)
}

export async function endFetch(ctx: Context, token: string): Promise<void> {
  await ctx.db
    .updateTable('thread_fetches')
    .set({ finished_at: ctx.clock.now().toISOString() })
    .where('token', '=', token)
    .execute()
}
