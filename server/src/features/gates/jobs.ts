import { defineJob, type Schedule } from '#platform/jobs'
import { pruneMailAttempts } from './attempts.ts'

const prune = defineJob<Record<string, never>>({
  name: 'gates.prune',
  class: 'slow',
  run: pruneMailAttempts,
})

export const schedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
