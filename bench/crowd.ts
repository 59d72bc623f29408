import { sql } from 'kysely'
import type { Inside, Person } from '../scripts/inside.ts'

/**
 * Followers of somebody on many servers, written straight into the tables: met one by one each would cost a signed
 * request and two answers, and none of it is what is measured.
 */
export async function addRemoteFollowers(
  { ctx }: Inside,
  followed: Person,
  ports: readonly number[],
  perHost: number,
): Promise<void> {
  const now = ctx.clock.now().toISOString()
  // Below every id that the server makes, which hold the time.
  const first = 1_000_000
  await ctx.db.transaction().execute(async (db) => {
    await sql`insert into domains (id, host, is_local, first_seen_at)
      select ${first} + port, 'localhost:' || port, false, ${now} from unnest(${[...ports]}::int[]) port`.execute(db)
    await sql`insert into accounts (id, domain_id, username, uri, url, inbox_url, followers_url, following_url, outbox_url, created_at, updated_at)
      select ${first} * 10 + port * ${perHost}::bigint + n, ${first} + port, 'f' || n, base, base, base || '/inbox', base || '/followers',
        base || '/following', base || '/outbox', ${now}, ${now}
      from unnest(${[...ports]}::int[]) port cross join generate_series(0, ${perHost - 1}::int) n
      cross join lateral (select 'http://localhost:' || port || '/users/' || n as base) address`.execute(db)
    await sql`insert into follows (id, account_id, target_account_id, state, uri, created_at)
      select a.id, a.id, ${followed.accountId}, 'accepted', a.uri || '#follow', ${now} from accounts a join domains d on d.id = a.domain_id
      where d.host = any(${ports.map((port) => `localhost:${port}`)}::text[])`.execute(db)
  })
}
