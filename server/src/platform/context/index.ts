import type { Clock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Db } from '#platform/db'
import { describeError, type Log } from '#platform/log'

/** The table of consequences by event; opaque here, since only `platform/events` knows the form of a row. */
export type Consequences = ReadonlyMap<string, readonly object[]>

/** The tools, and only tools: verbs are imported, never injected. */
export type Context = {
  config: Config
  db: Db
  log: Log
  clock: Clock
  reactions: Consequences
  /** Tells this process's job workers that there may be work. */
  wakeJobs: () => void
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
  const later: (() => Promise<void> | void)[] = []
  const result = await ctx.db
    .transaction()
    .execute((db) => work({ ...ctx, db, inTransaction: true, afterCommit: (run) => later.push(run) }))
  for (const run of later) {
    try {
      await run()
    } catch (error) {
      ctx.log.error('a live consequence failed', describeError(error))
    }
  }
  return result
}

function isTx(ctx: Context | Tx): ctx is Tx {
  return 'inTransaction' in ctx
}

/** Guards verbs that must not be called outside a transaction from untyped places. */
export function requireTx(ctx: Context | Tx): Tx {
  if (!isTx(ctx)) throw new Error('This must run inside transact()')
  return ctx
}
