import { parseCsv } from '#platform/csv'
import { readHost } from '#lib/host'
import { severities, type Severity } from '../policies/store.ts'

export type Entry = {
  host: string
  severity: Severity
  reject_media: boolean
  reject_reports: boolean
  obfuscate: boolean
  reason: string
}

const MAX_BYTES = 2 * 1_048_576
const MAX_ROWS = 20_000
const LONGEST_REASON = 2000

/** Mastodon's columns, which Oliphant, FediBlockHole and Garden Fence have, too; in this order where a list has no head. */
const columns = [
  'domain',
  'severity',
  'reject_media',
  'reject_reports',
  'public_comment',
  'obfuscate',
  'comment',
  'reason',
]

export type ReadList = {
  entries: Entry[]
  /** Lines that name no server, such as names with asterisks. */ unread: number
}

/** Reads a list of servers as other teams publish them. Refuses what is no table; a name that comes twice is as its last line says. */
export function readList(content: string): ReadList {
  const { rows } = parseCsv(content, { columns, maxRows: MAX_ROWS, maxBytes: MAX_BYTES })
  const entries = new Map<string, Entry>()
  let unread = 0
  for (const { cells } of rows) {
    const text = (cells.domain ?? '').trim()
    if (text.startsWith('#') || text === '') continue
    const host = text.includes('*') || !text.includes('.') ? undefined : readHost(text)
    const severity = readSeverity(cells.severity)
    if (!host || !severity) unread += 1
    else
      entries.set(host, {
        host,
        severity,
        reject_media: isTrue(cells.reject_media),
        reject_reports: isTrue(cells.reject_reports),
        obfuscate: isTrue(cells.obfuscate),
        reason: (cells.public_comment || cells.comment || cells.reason || '').slice(0, LONGEST_REASON),
      })
  }
  return { entries: [...entries.values()], unread }
}

/** A list of bare names is one of servers to shut out, as for Mastodon's import. */
function readSeverity(text: string | undefined): Severity | undefined {
  const word = (text ?? '').trim().toLowerCase()
  if (word === '') return 'suspend'
  if (word === 'limit') return 'silence'
  if (word === 'none') return 'noop'
  return severities.find((one) => one === word)
}

const isTrue = (text: string | undefined) => /^(true|1|yes|t)$/i.test((text ?? '').trim())
