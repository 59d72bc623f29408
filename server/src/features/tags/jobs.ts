import { defineJob, type Schedule } from '#platform/jobs'

/** mastodon-limits: days of use are stored for two weeks. */
const KEPT_MS = 14 * 24 * 3_600_000

export const pruneDays = defineJob<Record<string, never>>({
  name: 'tags.prune-days',
  class: 'slow',
  run: async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString().slice(0, 10)
    await ctx.db.deleteFrom('tag_days').where('day', '<', before).execute()
  },
})

export const schedules: Schedule[] = [{ job: pruneDays, everySeconds: 24 * 3_600 }]
