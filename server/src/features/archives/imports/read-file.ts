import { readHandle } from '#federation'
import { parseHttpUrl, readHost } from '#lib/host'
import { invalid } from '#lib/refusal'
import { parseCsv, type CsvRow } from '#platform/csv'
import { readFilters } from './read-filters.ts'
import { keyOfRow, tables, type ImportKind, type ImportRow } from './kinds.ts'

export const MAX_BYTES = 20 * 1_048_576
export const MAX_ROWS = 20_000

/** What is wrong with a line; a page says it in its reader's language. */
export type Problem = 'address' | 'domain' | 'uri' | 'empty' | 'repeated' | 'self'
export type ReadFile = {
  rows: ImportRow[]
  problems: { line: number; text: string; problem: Problem }[]
  /** What the file looks like; undefined when it may be anything. */
  looksLike: ImportKind | undefined
}

type Cells = CsvRow['cells']
type Read = { row: ImportRow } | { problem: Problem }

/**
 * Reads a file of a kind as Mastodon and others write it. `domain` completes names that have no server. Lines that say
 * nothing are told, and hinder nobody. Refuses what is no such file at all.
 */
export function readImportFile(content: Uint8Array, kind: ImportKind, who: { acct: string; domain: string }): ReadFile {
  if (kind === 'custom_filters') return { ...readFilters(content, { maxBytes: MAX_BYTES }), looksLike: undefined }
  const table = parseCsv(content, { columns: tables[kind].columns, maxRows: MAX_ROWS, maxBytes: MAX_BYTES })
  const found: ReadFile = { rows: [], problems: [], looksLike: guessKind(table.head, table.rows) }
  const seen = new Set<string>()
  for (const { cells, line, raw } of table.rows) {
    const read = readers[kind](cells, who)
    const problem = 'problem' in read ? read.problem : faultOf(read.row, seen, { kind, acct: who.acct })
    if (problem) found.problems.push({ line, text: raw.join(', ').slice(0, 200), problem })
    else if ('row' in read) found.rows.push(read.row)
  }
  return found
}

function faultOf(row: ImportRow, seen: Set<string>, { kind, acct }: { kind: ImportKind; acct: string }) {
  const key = keyOfRow(row)
  if (seen.has(key)) return 'repeated'
  seen.add(key)
  // One may be in one's own lists, and nowhere else.
  return kind !== 'lists' && key === acct.toLowerCase() ? 'self' : undefined
}

type Reader = (cells: Cells, who: { domain: string }) => Read

const readers: Record<Exclude<ImportKind, 'custom_filters'>, Reader> = {
  following: (cells, who) =>
    onPerson(cells, who, (acct) => ({
      acct,
      ...whether('reblogs', cells['Show boosts']),
      ...whether('notify', cells['Notify on new posts']),
      ...(cells.Languages === undefined ? {} : { languages: readLanguages(cells.Languages) }),
    })),
  blocking: (cells, who) => onPerson(cells, who, (acct) => ({ acct })),
  muting: (cells, who) =>
    onPerson(cells, who, (acct) => ({ acct, notifications: readBoolean(cells['Hide notifications']) ?? true })),
  lists: (cells, who) =>
    onPerson(cells, who, (acct) => ({ list: (cells['List name'] ?? '').slice(0, 1_000), acct }), 'List name'),
  domain_blocking: ({ domain = '' }) => {
    const host = readHost(domain)
    return host?.includes('.') || host?.includes(':') ? { row: { domain: host } } : { problem: 'domain' }
  },
  bookmarks: ({ uri = '' }) => {
    const url = uri.length <= 2_048 ? parseHttpUrl(uri) : undefined
    return url ? { row: { uri } } : { problem: 'uri' }
  },
}

function onPerson(cells: Cells, who: { domain: string }, make: (acct: string) => ImportRow, also?: string): Read {
  if (also !== undefined && (cells[also] ?? '') === '') return { problem: 'empty' }
  const text = (cells['Account address'] ?? '').replace(/^(acct:)?@?/, '')
  const handle = readHandle(text.includes('@') ? text : `${text}@${who.domain}`)
  return handle ? { row: make(`${handle.username}@${handle.host}`) } : { problem: 'address' }
}

function whether<K extends string>(name: K, text: string | undefined): Partial<Record<K, boolean>> {
  const value = readBoolean(text)
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<K, boolean>>)
}

function readBoolean(text: string | undefined): boolean | undefined {
  const word = text?.toLowerCase()
  if (word === 'true' || word === '1' || word === 't' || word === 'yes') return true
  return word === 'false' || word === '0' || word === 'f' || word === 'no' ? false : undefined
}

const readLanguages = (text: string): string[] =>
  text
    .split(/[,\s]+/)
    .filter((one) => /^[a-zA-Z]{2,3}(-\w{2,8})*$/.test(one))
    .slice(0, 100)

/** By the names of the columns, or by what the first lines are. */
function guessKind(head: readonly string[] | undefined, rows: readonly CsvRow[]): ImportKind | undefined {
  if (head?.includes('list name')) return 'lists'
  if (head?.includes('hide notifications')) return 'muting'
  if (head?.includes('show boosts')) return 'following'
  const first = rows.slice(0, 5).map(({ raw }) => raw.map((cell) => cell.trim()))
  if (first.length === 0) return undefined
  if (first.every(([cell = '']) => /^https?:\/\//.test(cell))) return 'bookmarks'
  if (first.every(([cell = '', other = '']) => !cell.includes('@') && other.includes('@'))) return 'lists'
  if (first.every(([cell = '']) => !cell.includes('@') && readHost(cell)?.includes('.'))) return 'domain_blocking'
  return undefined
}

/** The kind of a file when nobody says it: its columns, its name as Mastodon gives it, or its first lines. */
export function guessKindOf(content: Uint8Array, fileName: string): ImportKind {
  const name = fileName.toLowerCase()
  const byName: [RegExp, ImportKind][] = [
    [/filter.*\.json$|\.json$/, 'custom_filters'],
    [/^follow/, 'following'],
    [/^mute/, 'muting'],
    [/^(blocked_domains|domain_?blocks)/, 'domain_blocking'],
    [/^block/, 'blocking'],
    [/^bookmark/, 'bookmarks'],
    [/^list/, 'lists'],
  ]
  const named = byName.find(([pattern]) => pattern.test(name))?.[1]
  if (named === 'custom_filters') return named
  const { head, rows } = parseCsv(content, { columns: ALL_COLUMNS, maxRows: MAX_ROWS, maxBytes: MAX_BYTES })
  const kind = guessKind(head, rows) ?? named
  if (!kind) throw invalid('Say what the file holds: its name and its columns do not tell')
  return kind
}

const ALL_COLUMNS = [...new Set(Object.values(tables).flatMap(({ columns }) => columns))]
