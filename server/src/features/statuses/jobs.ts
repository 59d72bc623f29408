import { defineJob } from '#platform/jobs'

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
