import type { Blobs } from '#platform/blobs'
import type { Clock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Db, PoolState } from '#platform/db'
import type { Images } from '#platform/images'
import { describeError, type Log } from '#platform/log'
import type { Mail } from '#platform/mail'
import type { Net } from '#platform/net'
import type { OpenId } from '#platform/openid'
import type { Seal, VapidKeys } from '#platform/secrets'
import type { Streams } from '#platform/streams'
import type { Words } from '#platform/words'

/** The table of consequences by event; opaque here, since only `platform/events` knows the form of a row. */
export type Consequences = ReadonlyMap<string, readonly object[]>

/** The tools, and only tools: verbs are imported, never injected. */
export type Context = {
  config: Config
  db: Db
  /** How busy this process keeps its connections to the database. */
  readPool: () => PoolState
  log: Log
  clock: Clock
  blobs: Blobs
  images: Images
  mail: Mail
  net: Net
  streams: Streams
  /** What our pushes are signed with, and what browsers subscribe to. */
  vapid: VapidKeys
  /** Closes what lies in the database and must be read again. */
  seal: Seal
  /** Another service that people sign in with, where one is named. */
  openId: OpenId | undefined
  /** What people are told outside of pages, in their language. */
  words: Words
  reactions: Consequences
  /** Tells workers that there may be work: jobs of a class, or something `outgoing` to other servers. */
  wakeJobs: (work: string) => void
  /**
   * Ends all work of this process, makes the change, and serves again under the configuration as it then is.
   * There only where `hamlet start` stands behind it; two changes asked for at once are one.
   */
  serveAgain?: (change: () => Promise<void>) => void
}

/** A context whose `db` is one open transaction. */
export type Tx = Context & {
  readonly inTransaction: true
  /** Runs once the transaction is durable; failures are logged and change nothing. */
  afterCommit(run: () => Promise<void> | void): void
}

/** Change, consequence and answer in that order: everything `work` writes becomes durable together, or not at all. */
export async function transact<T>(ctx: Context | Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (isTx(ctx)) return work(ctx)
  const { result, later } = await attempt(ctx, work)
  for (const run of later) {
    try {
      await run()
    } catch (error) {
      ctx.log.error('a live consequence failed', describeError(error))
    }
  }
  return result
}

const MAX_ATTEMPTS = 4
const PAUSE_MS = 20

/**
 * PostgreSQL ends one of two transactions that wait for each other; nothing of it stays, so it is tried again, a
 * moment later: at once it could take what the other is about to get, and both would meet again.
 */
async function attempt<T>(ctx: Context, work: (tx: Tx) => Promise<T>) {
  for (let tried = 1; ; tried += 1) {
    const later: (() => Promise<void> | void)[] = []
    try {
      // oxlint-disable-next-line no-await-in-loop -- an attempt follows only on one that failed
      const result = await ctx.db
        .transaction()
        .execute((db) => work({ ...ctx, db, inTransaction: true, afterCommit: (run) => later.push(run) }))
      return { result, later }
    } catch (error) {
      if (tried === MAX_ATTEMPTS || !isRetryable(error)) throw error
      ctx.log.warn('a transaction met another and is tried again', { tried })
      await new Promise((done) => setTimeout(done, tried * PAUSE_MS * (0.5 + Math.random())))
    }
  }
}

/** deadlock_detected and serialization_failure (PostgreSQL, Appendix A). */
function isRetryable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === '40P01' || code === '40001'
}

function isTx(ctx: Context | Tx): ctx is Tx {
  return 'inTransaction' in ctx
}

/** Guards verbs that must not be called outside a transaction from untyped places. */
export function requireTx(ctx: Context | Tx): Tx {
  if (!isTx(ctx)) throw new Error('This must run inside transact()')
  return ctx
}
