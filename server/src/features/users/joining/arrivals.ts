import type { Context } from '#platform/context'

const YEAR_MS = 365 * 24 * 3_600_000

/** Where somebody signed up from is known for a year, and then to nobody. */
export async function forgetArrivals(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - YEAR_MS).toISOString()
  await ctx.db
    .updateTable('users')
    .set({ sign_up_ip: null })
    .where('sign_up_ip', 'is not', null)
    .where('created_at', '<', before)
    .execute()
}
