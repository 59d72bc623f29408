export {
  defineJob,
  enqueue,
  claimJobs,
  finishJob,
  failJob,
  renewLease,
  LEASE_SECONDS,
  type JobKind,
  type JobClass,
  type Claim,
} from './queue.ts'
export { startWorker, countOpenJobs, type Worker } from './worker.ts'
