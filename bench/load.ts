import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'

export type Shot = { method: 'GET' | 'POST'; path: string; headers?: Record<string, string>; body?: string | Buffer }

export type LoadResult = {
  /** Answers of the expected status per second. */
  rate: number
  /** Milliseconds from sending, or from when it was due, to the last byte. */
  p50: number
  p95: number
  p99: number
  failed: number
}

export type Target = {
  url: string
  /** Connections, kept alive. */
  senders: number
  /** Any other answer is a failure. */
  status: number
}

export type LoadOptions = Target & {
  seconds: number
  /**
   * So many requests a second, whether or not answers come (open loop); times count from when a request was due, so that
   * a server which stalls is not excused from those that waited. Undefined: each sender waits for its answer before it
   * sends again (closed loop), which is all that the server can do.
   */
  perSecond?: number
  next: (number: number) => Shot
}

/** A short run before it counts: connections, compiled code and caches are those of a server that has been up for a while. */
const WARM_UP_SECONDS = 1

/** Asks one server for some time. It shares the machine with the server, so every figure is a low limit. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  let number = 0
  const next = () => options.next(number++)
  const run = (seconds: number) =>
    gather(options, (once) =>
      options.perSecond === undefined
        ? closedLoop(options.senders, once, next, seconds)
        : openLoop(options.perSecond, once, next, seconds),
    )
  await run(WARM_UP_SECONDS)
  return run(options.seconds)
}

/** Sends all of these, as fast as they are answered. */
export function sendAll(target: Target, shots: readonly Shot[]): Promise<LoadResult> {
  let number = 0
  return gather(target, (once) => closedLoop(target.senders, once, () => shots[number++]))
}

/** Sends one request that was due at a time, and notes how long its answer took. */
type Once = (shot: Shot, due: number) => Promise<void>

async function gather(target: Target, run: (once: Once) => Promise<void>): Promise<LoadResult> {
  const pool = new Pool(target.url, { connections: target.senders, pipelining: 1 })
  const took: number[] = []
  let failed = 0
  const once: Once = async ({ path, method, headers = {}, body }, due) => {
    const answer = await pool.request({ path, method, headers, ...(body === undefined ? {} : { body }) })
    await answer.body.dump({ limit: Number.POSITIVE_INFINITY })
    if (answer.statusCode === target.status) took.push(performance.now() - due)
    else failed += 1
  }
  const from = performance.now()
  try {
    await run(once)
  } finally {
    await pool.close()
  }
  const seconds = (performance.now() - from) / 1000
  return { rate: took.length / seconds, failed, ...percentiles(took) }
}

async function closedLoop(
  senders: number,
  once: Once,
  next: () => Shot | undefined,
  seconds = Number.POSITIVE_INFINITY,
): Promise<void> {
  const end = performance.now() + seconds * 1000
  const sender = async () => {
    while (performance.now() < end) {
      const shot = next()
      if (!shot) return
      await once(shot, performance.now())
    }
  }
  await Promise.all(Array.from({ length: senders }, sender))
}

async function openLoop(perSecond: number, once: Once, next: () => Shot, seconds: number): Promise<void> {
  const from = performance.now()
  const running: Promise<void>[] = []
  for (let number = 0; number < seconds * perSecond; number += 1) {
    const due = from + (number * 1000) / perSecond
    while (performance.now() < due) await sleep(Math.ceil(due - performance.now()))
    running.push(once(next(), due))
  }
  await Promise.all(running)
}

function percentiles(milliseconds: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = Float64Array.from(milliseconds).sort()
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
