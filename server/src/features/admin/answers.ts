import { sql } from 'kysely'
import type { Context } from '#platform/context'
import { slotOf } from './slots.ts'

/** Milliseconds; most answers of this server lie in the first few. What took longer than the last is in one more. */
export const bounds = [2, 5, 10, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 500, 750, 1000, 2000, 5000, 10_000]

export type AnswerTimes = { observe(ms: number): void; flush(): Promise<void>; close(): Promise<void> }

const FLUSH_MS = 60_000

/** Counts how long answers of this process took, and adds that to what all processes know, once a minute and at the end. */
export function measureAnswers(ctx: Context): AnswerTimes {
  let counts = bounds.map(() => 0).concat(0)
  const flush = async () => {
    if (!counts.some((count) => count > 0)) return
    const taken = counts
    counts = counts.map(() => 0)
    await addAnswers(ctx, taken)
  }
  const safely = () =>
    flush().catch((error: unknown) => ctx.log.warn('answer times could not be kept', { error: String(error) }))
  const timer = setInterval(() => void safely(), FLUSH_MS)
  timer.unref()
  return {
    observe: (ms) => {
      const at = bounds.findIndex((bound) => ms <= bound)
      const bucket = at < 0 ? bounds.length : at
      counts[bucket] = (counts[bucket] ?? 0) + 1
    },
    flush,
    close: async () => {
      clearInterval(timer)
      await safely()
    },
  }
}

/** Adds counts to those of the present five minutes. */
async function addAnswers(ctx: Context, counts: readonly number[]): Promise<void> {
  const at = slotOf(ctx.clock.now())
  await sql`
    insert into admin_samples (at, answers) values (${at}, ${counts}::integer[])
    on conflict (at) do update set answers = (
      select array_agg(coalesce(old, 0) + coalesce(new, 0) order by place)
      from unnest(admin_samples.answers, excluded.answers) with ordinality as both_of(old, new, place))`.execute(ctx.db)
}

/** The time that so many of a hundred answers did not exceed, in ms; null where there were none. Within a bucket it is evenly spread. */
export function percentile(counts: readonly number[], percent: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let left = (total * percent) / 100
  for (const [place, count] of counts.entries()) {
    if (count >= left) {
      const low = place === 0 ? 0 : (bounds[place - 1] ?? 0)
      const high = bounds[place] ?? low
      return Math.round(low + (high - low) * (left / count))
    }
    left -= count
  }
  return bounds.at(-1) ?? null
}
