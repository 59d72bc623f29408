import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { countDelivered, countWaitingDeliveries } from '#federation'
import type { Context } from '#platform/context'
import { defineJob, measureBacklog } from '#platform/jobs'
import { dayOf, slotOf } from './slots.ts'
import { countPeopleSince, measureMedia } from './store.ts'

const SLOT_MS = 5 * 60_000
const HOUR_MS = 3_600_000
const KEPT_MS = 40 * 24 * HOUR_MS

/** Writes down how this server is, for those who look later. A second run within the same five minutes writes the same row. */
export const sample = defineJob<Record<string, never>>({
  name: 'admin.sample',
  class: 'slow',
  run: async (ctx) => {
    const now = ctx.clock.now()
    const at = slotOf(now)
    const before = new Date(Date.parse(at) - SLOT_MS).toISOString()
    const deliveries = await countWaitingDeliveries(ctx)
    const backlog = await measureBacklog(ctx, before)
    const row = {
      ...(await countDelivered(ctx, before, at)),
      waiting: deliveries.due + backlog.waiting,
      oldest_seconds: backlog.oldestSeconds,
      ...(await measureDisk(ctx)),
      ...((await isMediaDue(ctx, now)) ? await measureMedia(ctx) : {}),
      database_bytes: await measureDatabase(ctx),
    }
    await ctx.db
      .insertInto('admin_samples')
      .values({ at, ...row })
      .onConflict((conflict) => conflict.column('at').doUpdateSet(row))
      .execute()
    await countToday(ctx, now)
    await ctx.db
      .deleteFrom('admin_samples')
      .where('at', '<', new Date(now.getTime() - KEPT_MS).toISOString())
      .execute()
  },
})

/** People who were last here today, so far: the largest number of the day stays. */
async function countToday(ctx: Context, now: Date): Promise<void> {
  const day = dayOf(now)
  const people = await countPeopleSince(ctx, `${day}T00:00:00.000Z`)
  await sql`insert into admin_days (day, people) values (${day}, ${people})
    on conflict (day) do update set people = greatest(admin_days.people, excluded.people)`.execute(ctx.db)
}

/** The disk that the data folder is on, as this machine sees it. */
async function measureDisk(ctx: Context) {
  const { bsize, blocks, bavail } = await statfs(ctx.config.dataDir)
  return { disk_bytes: String(bsize * blocks), disk_free_bytes: String(bsize * bavail) }
}

async function measureDatabase(ctx: Context): Promise<string> {
  const found = await sql<{ bytes: string }>`select pg_database_size(current_database())::text as bytes`.execute(ctx.db)
  return found.rows[0]?.bytes ?? '0'
}

async function isMediaDue(ctx: Context, now: Date): Promise<boolean> {
  const recent = await ctx.db
    .selectFrom('admin_samples')
    .select('at')
    .where('at', '>', new Date(now.getTime() - HOUR_MS).toISOString())
    .where('own_media_bytes', 'is not', null)
    .executeTakeFirst()
  return recent === undefined
}
