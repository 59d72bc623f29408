import { sql } from 'kysely'
import type { Context } from '#platform/context'
import { networkOf, readCidr } from '#platform/net'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** From one household in a day: a family, a class that sits together. */
const NEAR = 5
/** That look alike in a day: by chance a few do. */
const ALIKE = 5
/** On all of the server in an hour: from here on a browser works for its place. */
const BUSY = 20
/** From here on a person looks at everybody. */
const FLOOD = 100

/** What a household has to itself: one address of the old kind, a /64 of the new (reliability RL-02). */
export const HOUSEHOLD = { v4: 32, v6: 64 }

export type Crowd = {
  /** Too many came from the same place today. */
  isNear: boolean
  /** Too many who look like this one came today. */
  isAlike: boolean
  /** Many come at the moment. */
  isBusy: boolean
  /** More come than any server grows by. */
  isFlood: boolean
}

/** How many sign up just now: here, like this one, and from where it comes. Ids are moments, so it is one look at the newest rows. */
export async function readCrowd(ctx: Context, ip: string, marks: readonly string[]): Promise<Crowd> {
  const now = ctx.clock.now().getTime()
  const floor = (ms: number) => (BigInt(Math.max(0, Math.floor(now - ms))) << 16n).toString()
  const household = readCidr(networkOf(ip, HOUSEHOLD)) ?? '0.0.0.0/32'
  const { rows } = await sql<{ near: number; hourly: number; alike: number }>`
    with today as (select id, sign_up_ip, sign_up_marks from users where id >= ${floor(DAY_MS)})
    select count(*) filter (where sign_up_ip <<= ${household}::inet)::int as near,
      count(*) filter (where id >= ${floor(HOUR_MS)} and sign_up_ip is not null)::int as hourly,
      coalesce((select max(n) from (
        select count(*)::int as n from today t, unnest(t.sign_up_marks) mark
        where mark = any(${[...marks]}::text[]) group by mark) like_this), 0) as alike
    from today`.execute(ctx.db)
  const { near = 0, hourly = 0, alike = 0 } = rows[0] ?? {}
  const most = (count: number) => Math.max(1, Math.floor(count * ctx.config.rateLimitFactor))
  return {
    isNear: near >= most(NEAR),
    isAlike: alike >= most(ALIKE),
    isBusy: hourly >= most(BUSY),
    isFlood: hourly >= most(FLOOD),
  }
}
