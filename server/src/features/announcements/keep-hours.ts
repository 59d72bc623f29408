import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { endOf, lockAnnouncement } from './store.ts'
import { setPublished } from './write.ts'

/** Publishes what has waited for its hour, and takes down what is over. Another process may have been faster. */
export async function keepHours(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const due = await sql<{ id: Id }>`
    select id from announcements
    where published_at is null and scheduled_at <= ${now.toISOString()}::timestamptz
      or published_at is not null and ends_at <= ${now.toISOString()}::timestamptz`.execute(ctx.db)
  for (const { id } of due.rows) await transact(ctx, (tx) => keepHour(tx, id, now.getTime()))
}

async function keepHour(tx: Parameters<typeof setPublished>[0], id: Id, now: number): Promise<void> {
  const row = await lockAnnouncement(tx, id)
  const isOver = endOf(row) <= now
  const isDue = row.scheduled_at !== null && Date.parse(row.scheduled_at) <= now
  if (row.published_at === null && isDue && !isOver) await setPublished(tx, row, new Date(now).toISOString())
  if (row.published_at !== null && isOver) await setPublished(tx, row, null)
}

const job = defineJob<Record<string, never>>({ name: 'announcements.keep-hours', run: keepHours })

export const schedules: Schedule[] = [{ job, everySeconds: 60 }]
