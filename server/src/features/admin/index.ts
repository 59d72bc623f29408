/**
 * Purpose: how this server is and has been, for those who run it: measures, dimensions, retention, overview, queues.
 * Owns: admin_samples, admin_days. Events: none.
 */
import { defineRoom, none } from '#platform/room'
import { mailRoutes } from './routes/mail.ts'
import { measureRoutes } from './routes/measures.ts'
import { overviewRoutes } from './routes/overview.ts'
import { sample } from './sample.ts'

export { measureAnswers, type AnswerTimes } from './answers.ts'

const FIVE_MINUTES_SECONDS = 300

export const admin = defineRoom({
  name: 'admin',
  routes: [...measureRoutes, ...overviewRoutes, ...mailRoutes],
  schedules: [{ job: sample, everySeconds: FIVE_MINUTES_SECONDS }],
  erase: none('counts, and not who was counted'),
  takeout: none('counts, and not who was counted'),
})
