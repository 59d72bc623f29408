import { sql } from 'kysely'
import type { Context } from '#platform/context'

const PAUSE_SECONDS = 300

/**
 * True when a key may be looked up now: once in five minutes, over all processes, or a flood of bad signatures would
 * become a flood of our requests (federation-security.md 2.5).
 */
export async function mayFetchKey(ctx: Context, keyId: string): Promise<boolean> {
  const found = await sql`
    insert into key_fetches (key_id, tried_at) values (${keyId.slice(0, 2048)}, now())
    on conflict (key_id) do update set tried_at = now() where key_fetches.tried_at < now() - make_interval(secs => ${PAUSE_SECONDS})
    returning 1`.execute(ctx.db)
  return found.rows.length > 0
}
