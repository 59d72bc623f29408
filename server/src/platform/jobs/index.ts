export {
  defineJob,
  enqueue,
  claimJobs,
  finishJob,
  failJob,
  renewLease,
  listFailedJobs,
  retryFailedJobs,
  type FailedJob,
  LEASE_SECONDS,
  type JobKind,
  type JobClass,
  type Claim,
} from './queue.ts'
export { dropJobs, listJobKinds, measureBacklog, retryJobs, type Backlog, type KindOfJobs } from './health.ts'
export { enqueueDue, platformSchedules, pruneJobs, type Schedule } from './schedule.ts'
export { startWorker, countJobsByKind, countOpenJobs, type Worker } from './worker.ts'
