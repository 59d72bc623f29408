import { defineJob, type Schedule } from '#platform/jobs'

const pruneThreadMutes = defineJob<Record<string, never>>({
  name: 'interactions.prune-thread-mutes',
  class: 'slow',
  run: async (ctx) => {
    await ctx.db.deleteFrom('thread_mutes').where('expires_at', '<', ctx.clock.now().toISOString()).execute()
  },
})

export const schedules: Schedule[] = [{ job: pruneThreadMutes, everySeconds: 24 * 3_600 }]
