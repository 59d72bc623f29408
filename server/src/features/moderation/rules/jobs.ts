import { defineJob, type Schedule } from '#platform/jobs'
import { pruneTrials } from './trial-store.ts'

const prune = defineJob<Record<string, never>>({
  name: 'moderation.prune-trials',
  class: 'slow',
  run: pruneTrials,
})

export const trialSchedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
