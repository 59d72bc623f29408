import pg from 'pg'
import type { Log } from '#platform/log'

export type Listener = { close(): Promise<void> }

const RETRY_MS = 1000

/**
 * Hears what other processes say on a channel (NOTIFY), on a connection of its own. When that is lost it is opened anew;
 * what is said meanwhile is lost, so nothing may depend on it alone.
 */
export async function listen(url: string, log: Log, channel: string, hear: (text: string) => void): Promise<Listener> {
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  let isClosed = false
  const open = async () => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true })
    fresh.on('notification', (message) => hear(message.payload ?? ''))
    fresh.on('error', () => {})
    fresh.on('end', () => again())
    await fresh.connect()
    await fresh.query(`listen ${pg.escapeIdentifier(channel)}`)
    client = fresh
  }
  const again = () => {
    if (isClosed || retry) return
    log.warn('the connection that hears other processes was lost and is opened anew')
    retry = setTimeout(() => {
      retry = undefined
      open().catch(() => again())
    }, RETRY_MS)
  }
  await open()
  return {
    close: async () => {
      isClosed = true
      clearTimeout(retry)
      await client?.end()
    },
  }
}
