import { sql } from 'kysely'
import type { Context } from '#platform/context'
import { describeError } from '#platform/log'
import {
  claimJobs,
  failJob,
  finishJob,
  LEASE_SECONDS,
  renewLease,
  type Claim,
  type JobClass,
  type JobKind,
} from './queue.ts'

export type Worker = {
  /** Looks for jobs of a class now instead of at the next poll. */
  wake(jobClass: string): void
  /** Waits for running jobs and takes no new ones. */
  stop(): Promise<void>
}

type Loop = { wake(): void; stop(): Promise<void> }

const SLOTS: Record<JobClass, number> = { default: 8, delivery: 16, fetch: 8, slow: 2 }
const POLL_MS = 1_000
/** A claim costs the same for one as for many: with fewer free places than this, more are waited for, this long. */
const FEW = 3
const GATHER_MS = 5

/** Runs jobs of every class in this process until stopped; each class has its own slots. */
export function startWorker(ctx: Context, kinds: ReadonlyMap<string, JobKind<unknown>>): Worker {
  const classes = Object.keys(SLOTS) as JobClass[]
  const loops = new Map<string, Loop>(classes.map((jobClass) => [jobClass, startLoop(ctx, kinds, jobClass)]))
  return {
    wake: (jobClass) => loops.get(jobClass)?.wake(),
    stop: async () => {
      await Promise.all([...loops.values()].map((loop) => loop.stop()))
    },
  }
}

function startLoop(ctx: Context, kinds: ReadonlyMap<string, JobKind<unknown>>, jobClass: JobClass): Loop {
  let stopping = false
  let wakeUp: () => void = () => {}
  let woken = false
  const running = new Set<Promise<void>>()
  const wake = () => {
    woken = true
    wakeUp()
  }
  const rest = () =>
    new Promise<void>((done) => {
      if (woken || stopping) return done()
      const timer = setTimeout(done, POLL_MS)
      wakeUp = () => {
        clearTimeout(timer)
        done()
      }
    })
  const loop = async () => {
    while (!stopping) {
      woken = false
      if (SLOTS[jobClass] - running.size < FEW) await new Promise((done) => setTimeout(done, GATHER_MS))
      const free = SLOTS[jobClass] - running.size
      const claims = free > 0 ? await claimOrNone(ctx, jobClass, free) : []
      for (const claim of claims) {
        const run = runJob(ctx, kinds, claim).finally(() => {
          running.delete(run)
          wake()
        })
        running.add(run)
      }
      if (claims.length === 0) await rest()
    }
    await Promise.all(running)
  }
  const ended = loop()
  return {
    wake,
    stop: () => {
      stopping = true
      wakeUp()
      return ended
    },
  }
}

async function claimOrNone(ctx: Context, jobClass: JobClass, limit: number): Promise<Claim[]> {
  try {
    return await claimJobs(ctx, jobClass, limit)
  } catch (error) {
    ctx.log.error('jobs could not be claimed', { class: jobClass, ...describeError(error) })
    return []
  }
}

async function runJob(ctx: Context, kinds: ReadonlyMap<string, JobKind<unknown>>, claim: Claim): Promise<void> {
  const renewal = setInterval(() => void renewLease(ctx, claim).catch(() => {}), (LEASE_SECONDS * 1000) / 3)
  try {
    const kind = kinds.get(claim.kind)
    if (!kind) throw new Error(`No job of kind ${claim.kind} is known to this version`)
    await kind.run(ctx, claim.payload)
    await finishJob(ctx, claim)
  } catch (error) {
    ctx.log.warn('a job failed', { kind: claim.kind, attempt: claim.attempts, ...describeError(error) })
    await failJob(ctx, claim, error instanceof Error ? error.message : String(error)).catch(() => {})
  } finally {
    clearInterval(renewal)
  }
}

/** How many jobs of each kind wait or run, and how many were given up. */
export async function countJobsByKind(ctx: Context): Promise<{ kind: string; open: number; failed: number }[]> {
  const result = await sql<{ kind: string; open: number; failed: number }>`
    select kind, count(*) filter (where failed_at is null)::int as open, count(failed_at)::int as failed
    from jobs group by kind order by kind`.execute(ctx.db)
  return result.rows
}

/** How many jobs are due or running: zero means that all consequences so far have happened. */
export async function countOpenJobs(ctx: Context): Promise<number> {
  const result = await sql<{ open: number }>`
    select count(*)::int as open from jobs where failed_at is null and (run_at <= now() or leased_until is not null)`.execute(
    ctx.db,
  )
  return result.rows[0]?.open ?? 0
}
