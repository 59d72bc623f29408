import { defineJob, type Schedule } from '#platform/jobs'
import { pruneLinks } from './links.ts'
import { mailAlreadyHere, mailConfirmation, mailPassword } from './mails.ts'
import { pruneSessions } from './sessions.ts'

const prune = defineJob<Record<string, never>>({
  name: 'users.prune',
  class: 'slow',
  run: async (ctx) => {
    await pruneSessions(ctx)
    await pruneLinks(ctx)
  },
})

export const jobs = [mailConfirmation, mailPassword, mailAlreadyHere]
export const schedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
