export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type LogFields = Record<string, unknown>
export type Log = Record<LogLevel, (message: string, fields?: LogFields) => void>

const SECRET_NAMES = /password|secret|token|authorization|cookie|private|signature|email/i

/** So much of a text says what it was; strangers write names, addresses and browsers of any length. */
const LONGEST = 4000
/** Of one message in a minute: with lines of that length no flood writes more than a megabyte. */
const MOST_A_MINUTE = 200
const MINUTE_MS = 60_000

/**
 * One JSON line per entry, however it is written: what is no letter is escaped. What comes too often is counted and left out. Fields whose names speak of secrets are masked here, once,
 * so that no caller has to remember it.
 */
export function makeLog(write: (line: string) => void, minimum: LogLevel = 'info'): Log {
  const count = makeCounter()
  const order: LogLevel[] = ['debug', 'info', 'warn', 'error']
  const entry =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (order.indexOf(level) < order.indexOf(minimum)) return
      const now = new Date()
      const { isOver, leftOut } = count(`${level} ${message}`, now.getTime())
      if (isOver) return
      const line = { time: now.toISOString(), level, message: cut(message), ...(leftOut > 0 && { leftOut }) }
      write(JSON.stringify({ ...line, ...mask(fields) }))
    }
  return { debug: entry('debug'), info: entry('info'), warn: entry('warn'), error: entry('error') }
}

/** How often each message came in this minute; the first line of the next one says how many were left out. */
function makeCounter() {
  const counts = new Map<string, { minute: number; count: number }>()
  return (name: string, nowMs: number) => {
    const minute = Math.floor(nowMs / MINUTE_MS)
    const known = counts.get(name)
    if (known?.minute === minute) {
      known.count += 1
      return { isOver: known.count > MOST_A_MINUTE, leftOut: 0 }
    }
    if (counts.size > 1000) counts.clear()
    counts.set(name, { minute, count: 1 })
    return { isOver: false, leftOut: Math.max(0, (known?.count ?? 0) - MOST_A_MINUTE) }
  }
}

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

/** Lists and objects are cut in each of their texts, and as a whole. */
function cutValue(value: unknown): unknown {
  if (typeof value === 'string') return cut(value)
  if (typeof value !== 'object' || value === null) return value
  const text = JSON.stringify(value)
  return text !== undefined && text.length > LONGEST ? cut(text) : value
}

/** The message and stack of whatever was thrown, for a log field. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: String(error) }
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {}
  return { error: error.message, stack: error.stack, ...cause }
}

function mask(fields: LogFields): LogFields {
  const entries = Object.entries(fields).map(([key, value]) => [
    key,
    SECRET_NAMES.test(key) ? '[secret]' : cutValue(value),
  ])
  return Object.fromEntries(entries) as LogFields
}
