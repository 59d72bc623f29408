import { defineJob, type Schedule } from '#platform/jobs'

const KEPT_MS = 3_600_000

/** Idempotency keys are promised for an hour (mastodon-api, POST statuses). */
export const pruneIdempotency = defineJob<Record<string, never>>({
  name: 'statuses.prune-idempotency',
  class: 'slow',
  run: async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
    await ctx.db.deleteFrom('idempotency_keys').where('created_at', '<', before).execute()
  },
})

const TOMBSTONES_KEPT_MS = 90 * 24 * KEPT_MS

/** A late copy of a deleted post turns up within days if at all; after three months nobody asks. */
export const pruneTombstones = defineJob<Record<string, never>>({
  name: 'statuses.prune-tombstones',
  class: 'slow',
  run: async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - TOMBSTONES_KEPT_MS).toISOString()
    await ctx.db.deleteFrom('status_tombstones').where('deleted_at', '<', before).execute()
  },
})

export const schedules: Schedule[] = [
  { job: pruneIdempotency, everySeconds: 3_600 },
  { job: pruneTombstones, everySeconds: 24 * 3_600 },
]
