export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type LogFields = Record<string, unknown>
export type Log = Record<LogLevel, (message: string, fields?: LogFields) => void>

const SECRET_NAMES = /password|secret|token|authorization|cookie|private|signature|email/i

/**
 * One JSON line per entry. Fields whose names speak of secrets are masked here, once,
 * so that no caller has to remember it.
 */
export function makeLog(write: (line: string) => void, minimum: LogLevel = 'info'): Log {
  const order: LogLevel[] = ['debug', 'info', 'warn', 'error']
  const entry =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (order.indexOf(level) < order.indexOf(minimum)) return
      write(JSON.stringify({ time: new Date().toISOString(), level, message, ...mask(fields) }))
    }
  return { debug: entry('debug'), info: entry('info'), warn: entry('warn'), error: entry('error') }
}

/** The message and stack of whatever was thrown, for a log field. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: String(error) }
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {}
  return { error: error.message, stack: error.stack, ...cause }
}

function mask(fields: LogFields): LogFields {
  const entries = Object.entries(fields).map(([key, value]) => [key, SECRET_NAMES.test(key) ? '[secret]' : value])
  return Object.fromEntries(entries) as LogFields
}
