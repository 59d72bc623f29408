import { defineJob, type Schedule } from '#platform/jobs'
import { pruneMailAttempts } from './attempts.ts'
import { pruneNetworks } from './networks.ts'

const prune = defineJob<Record<string, never>>({
  name: 'gates.prune',
  class: 'slow',
  run: async (ctx) => {
    await pruneMailAttempts(ctx)
    await pruneNetworks(ctx)
  },
})

export const schedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
