import { ensureLocalDomain } from '#features/domains'
import { ensureRoles } from '#features/roles'
import { systemClock, type Clock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Context } from '#platform/context'
import {
  ensureDatabase,
  migrate,
  openDatabase,
  startEmbedded,
  type EmbeddedDatabase,
  type OpenDatabase,
} from '#platform/db'
import type { Log } from '#platform/log'
import { reactions } from './reactions.ts'

export type OpenContext = {
  ctx: Context
  statements: OpenDatabase['statements']
  /** Names of migrations that were applied now. */
  migrated: string[]
  notices: string[]
  /** Ends the pool; with `stopDatabase` also the embedded PostgreSQL, which otherwise stays when others use it. */
  close(options?: { stopDatabase?: boolean }): Promise<void>
}

export type ContextOptions = { config: Config; log: Log; clock?: Clock; databaseUrl?: string; ensureDomain?: boolean }

const TRIES = 3

/** A command beside us may just be stopping the cluster that we found running: then it is started anew. */
async function bringUp(dataDir: string): Promise<EmbeddedDatabase> {
  for (let attempt = 1; ; attempt += 1) {
    const embedded = await startEmbedded({ dataDir })
    try {
      await ensureDatabase(embedded.url('postgres'), 'hamlet')
      return embedded
    } catch (error) {
      if (attempt === TRIES) throw error
    }
  }
}

/** Brings up the database, migrates it, and hands out the tools. The embedded server is started, or found running. */
export async function openContext(options: ContextOptions): Promise<OpenContext> {
  const { config, log } = options
  const given = options.databaseUrl ?? config.databaseUrl
  const embedded = given === '' ? await bringUp(config.dataDir) : undefined
  const url = embedded ? embedded.url('hamlet') : given
  const migrated = await migrate(url)
  const open = openDatabase(url, log)
  const ctx: Context = { config, log, db: open.db, clock: options.clock ?? systemClock, reactions, wakeJobs: () => {} }
  await ensureRoles(ctx)
  if (options.ensureDomain !== false) await ensureLocalDomain(ctx)
  return {
    ctx,
    statements: open.statements,
    migrated,
    notices: embedded?.notice ? [embedded.notice] : [],
    close: async ({ stopDatabase = false } = {}) => {
      await open.close()
      await (stopDatabase ? embedded?.stop() : embedded?.leave())
    },
  }
}
