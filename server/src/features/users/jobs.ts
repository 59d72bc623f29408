import { deleteDue } from './delete-account.ts'
import { defineJob, type Schedule } from '#platform/jobs'
import { followInviter } from './invites/follow-inviter.ts'
import { pruneInvites } from './invites/invites.ts'
import { forgetArrivals } from './joining/arrivals.ts'
import { teamJobs, teamSchedule } from './joining/tell-team.ts'
import { pruneSignIns } from './entering/history.ts'
import { mailFactorChanged, mailFactorFailed, mailNewPlace } from './entering/mails.ts'
import { pruneEntering } from './entering/pending.ts'
import { pruneLinks } from './links.ts'
import {
  mailAlreadyHere,
  mailApproved,
  mailConfirmation,
  mailDeletionAsked,
  mailEmailAsked,
  mailEmailChanged,
  mailNewEmail,
  mailPassword,
  mailPasswordChanged,
  mailRejected,
} from './mails.ts'
import { pruneSessions } from './sessions.ts'
import { pruneUnconfirmed } from './waiting.ts'

const prune = defineJob<Record<string, never>>({
  name: 'users.prune',
  class: 'slow',
  run: async (ctx) => {
    await pruneSessions(ctx)
    await pruneLinks(ctx)
    await pruneUnconfirmed(ctx)
    await pruneInvites(ctx)
    await forgetArrivals(ctx)
    await pruneEntering(ctx)
    await pruneSignIns(ctx)
  },
})

export const jobs = [
  mailConfirmation,
  mailPassword,
  mailPasswordChanged,
  mailNewEmail,
  mailEmailAsked,
  mailEmailChanged,
  mailAlreadyHere,
  mailApproved,
  mailRejected,
  mailFactorChanged,
  mailFactorFailed,
  mailNewPlace,
  followInviter,
  ...teamJobs,
  mailDeletionAsked,
]
const deleteDueOnes = defineJob<Record<string, never>>({
  name: 'users.delete-due',
  class: 'slow',
  run: (ctx) => deleteDue(ctx),
})

export const schedules: Schedule[] = [
  { job: prune, everySeconds: 24 * 3_600 },
  teamSchedule,
  { job: deleteDueOnes, everySeconds: 3_600 },
]
