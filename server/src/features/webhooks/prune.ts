import { sql } from 'kysely'
import type { Context } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'

const KEPT_MS = 7 * 24 * 3_600_000
const CHUNK = 1_000

/** What was sent a week ago is forgotten; a job that still waits then finds nothing to do. */
export async function pruneDeliveries(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
  let gone: number
  do {
    const result = await sql`
      delete from webhook_deliveries where id in (
        select id from webhook_deliveries where created_at < ${before} order by created_at limit ${CHUNK})`.execute(
      ctx.db,
    )
    gone = Number(result.numAffectedRows ?? 0n)
  } while (gone === CHUNK)
}

const prune = defineJob<Record<string, never>>({ name: 'webhooks.prune', class: 'slow', run: pruneDeliveries })

export const schedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
