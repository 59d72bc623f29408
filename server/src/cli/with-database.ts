import { readConfig, type Config } from '#platform/config'
import { ensureDatabase, startEmbedded } from '#platform/db'

/** Runs with a database that answers, as it is: nothing is migrated, and nothing is written to it by opening it. */
export async function withDatabase<T>(run: (url: string, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig()
  if (config.databaseUrl !== '') return run(config.databaseUrl, config)
  const embedded = await startEmbedded({ dataDir: config.dataDir })
  try {
    await ensureDatabase(embedded.url('postgres'), 'hamlet')
    return await run(embedded.url('hamlet'), config)
  } finally {
    await embedded.leave()
  }
}
