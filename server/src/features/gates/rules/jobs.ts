import { defineJob, type Schedule } from '#platform/jobs'
import { pruneHits } from './hits.ts'

const prune = defineJob<Record<string, never>>({
  name: 'gates.prune-rules',
  class: 'slow',
  run: pruneHits,
})

export const ruleSchedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
