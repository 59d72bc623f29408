/** Limits that must be exact over all processes, since they guard passwords and mail: counted in the database. */
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'

export type AttemptLimit = { max: number; windowMs: number }

/**
 * Counts one attempt under a key and refuses with 429 what is over the limit. It stays counted whatever becomes of the
 * attempt, so call it outside the attempt's own transaction.
 */
export async function countAttempt(ctx: Context, key: string, { max, windowMs }: AttemptLimit): Promise<void> {
  const now = ctx.clock.now().getTime()
  const from = Math.floor(now / windowMs) * windowMs
  const start = new Date(from).toISOString()
  const row = await ctx.db
    .insertInto('attempts')
    .values({ key, window_start: start, count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['key', 'window_start']).doUpdateSet((eb) => ({ count: eb('attempts.count', '+', 1) })),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
    .catch((cause: unknown) => {
      // What cannot be counted is not tried: a guard that sleeps lets nobody in.
      throw new Refusal('unavailable', 'This cannot be done just now. Try again in a while.', { cause })
    })
  if (row.count > Math.max(1, Math.floor(max * ctx.config.rateLimitFactor)))
    throw new Refusal('tooMany', 'That was tried too often. Wait a while and try again.', {
      retryAfterSeconds: Math.ceil((from + windowMs - now) / 1000),
    })
}
