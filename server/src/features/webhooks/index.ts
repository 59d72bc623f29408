/**
 * Purpose: other programs of the team are told of what happens here, signed and again until they take it.
 * Owns: webhooks, webhook_deliveries. Events: none.
 */
import { defineRoom, none } from '#platform/room'
import { announceJobs } from './announce.ts'
import { deliverHook } from './deliver.ts'
import { schedules } from './prune.ts'
import { teamRoutes } from './routes/team.ts'

export {
  hookApproved,
  hookCreated,
  hookEdited,
  hookPosted,
  hookReportChanged,
  hookReported,
  hookUpdated,
} from './announce.ts'
export { pruneDeliveries } from './prune.ts'

export const webhooks = defineRoom({
  name: 'webhooks',
  routes: teamRoutes,
  jobs: [...announceJobs, deliverHook],
  schedules,
  erase: none('keeps that something was sent, and not what or about whom'),
  takeout: none('keeps that something was sent, and not what or about whom'),
})
