import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Log } from '#platform/log'
import type { DB } from './types.ts'

export type Db = Kysely<DB>

const NAMED = /^\s*(select|insert|update|delete|with)\b/i
/** Hydrating Date objects is the costliest part of reading rows; text is what the answers need anyway. */
const TEXT_TYPES = [1082, 1114, 1184]

/** How busy the connections of this process are. */
export type PoolState = { inUse: number; idle: number; waiting: number }

export type OpenDatabase = {
  db: Db
  readPool(): PoolState
  /** While `texts` is a list, every statement sent is added to it: for tests that count queries. */
  statements: { texts: string[] | undefined }
  close(): Promise<void>
}

/** Opens a pool whose statements are prepared once per connection, named by their text. */
export function openDatabase(url: string, log: Log, poolSize = 10): OpenDatabase {
  const statements: OpenDatabase['statements'] = { texts: undefined }
  const types = new pg.TypeOverrides()
  const nameOf = makeNames()
  for (const type of TEXT_TYPES) types.setTypeParser(type, (value: string) => (type === 1184 ? isoTime(value) : value))

  class NamingClient extends pg.Client {
    override query(...args: unknown[]): never {
      const [text, values] = args
      if (typeof text === 'string') {
        statements.texts?.push(text)
        if (Array.isArray(values) && NAMED.test(text)) args.splice(0, 2, { name: nameOf(text), text, values })
      }
      // pg's nine overloads cannot be restated here; the arguments are passed on as they came.
      return (super.query as (...rest: unknown[]) => never).apply(this, args)
    }
  }

  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    Client: NamingClient,
    types,
    options: '-c TimeZone=UTC',
  })
  // What is lost while it is in use is told by the statement that it breaks: without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  let isClosing = false
  pool.on('error', (error) => {
    if (!isClosing) log.warn('an idle database connection was lost', { error: error.message })
  })
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  const close = () => {
    isClosing = true
    return db.destroy()
  }
  const readPool = () => ({
    inUse: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  })
  return { db, readPool, statements, close }
}

/** `2026-11-25 02:59:33.149888+00` as ISO 8601 with milliseconds, as every answer writes it. */
export function isoTime(value: string): string {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(value)
  if (!match) return new Date(value).toISOString()
  return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`
}

const MOST_NAMES = 2000

/** Names of statements are made once for each text; what is not among the many is a list of odd length. */
function makeNames(): (text: string) => string {
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known) return known
    const name = createHash('sha1').update(text).digest('base64url')
    if (names.size >= MOST_NAMES) names.clear()
    names.set(text, name)
    return name
  }
}
