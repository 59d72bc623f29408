import { sql } from 'kysely'
import type { Context } from '#platform/context'

const DAY_MS = 24 * 3_600_000
const YEAR_MS = 365 * DAY_MS

/** Where somebody signed up from is known for a year, and then to nobody; what they had in common with others, a day, or as long as they wait. */
export async function forgetArrivals(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - YEAR_MS).toISOString()
  await ctx.db
    .updateTable('users')
    .set({ sign_up_ip: null })
    .where('sign_up_ip', 'is not', null)
    .where('created_at', '<', before)
    .execute()
  const yesterday = new Date(ctx.clock.now().getTime() - DAY_MS).toISOString()
  await ctx.db
    .updateTable('users')
    .set({ sign_up_marks: [] })
    .where(sql<boolean>`sign_up_marks <> '{}'`)
    .where('approved_at', 'is not', null)
    .where('created_at', '<', yesterday)
    .execute()
}
