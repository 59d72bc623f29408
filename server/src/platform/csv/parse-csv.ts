import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { invalid } from '#lib/refusal'
import { undefuse } from './write-csv.ts'

export type CsvRow = {
  /** Where it stood, the first line being 1. */
  line: number
  /** By the names of the wanted columns, as they were asked for; what was not there is missing. */
  cells: Record<string, string>
  /** All cells as they stood. */
  raw: string[]
}
export type CsvTable = {
  /** The names in the first line, in small letters and without `#`; undefined when it was data already. */
  head: string[] | undefined
  rows: CsvRow[]
}
export type CsvRules = {
  /** Names of columns that are understood, in the order in which they stand in a file without a head. */
  columns: readonly string[]
  maxRows: number
  maxBytes: number
}

/**
 * Reads comma-separated values as people have them: with or without a head, a byte order mark, lines ended by CR LF, a
 * quote in the middle of a word, rows too short or too long. The first line is a head when its first cell names a column.
 * Refuses (422) what is no text, is too long, or has quotes that never end.
 */
export function parseCsv(content: Uint8Array | string, { columns, maxRows, maxBytes }: CsvRules): CsvTable {
  const text = decode(content, maxBytes)
  const records = readRecords(text, maxRows + 1)
  const names = columns.map(plain)
  const first = records[0]?.record.map(plain)
  const isHead = first !== undefined && names.includes(first[0] ?? '')
  const data = isHead ? records.slice(1) : records
  if (data.length > maxRows) throw invalid(`The file has more than ${maxRows} rows`)
  // A column that the head does not name is not there, wherever it would stand without one.
  const places = names.map((name, index) => (isHead ? first.indexOf(name) : index))
  const rows = data.map(({ record, info }) => ({
    line: info.lines,
    raw: record,
    cells: Object.fromEntries(
      columns.flatMap((column, index) => {
        const cell = record[places[index] ?? -1]
        return cell === undefined ? [] : [[column, undefuse(cell.trim())]]
      }),
    ),
  }))
  return { head: isHead ? first : undefined, rows }
}

const plain = (name: string) => name.trim().replace(/^#/, '').toLowerCase()

function decode(content: Uint8Array | string, maxBytes: number): string {
  const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
  if (bytes > maxBytes) throw invalid(`The file is larger than ${Math.floor(maxBytes / 1_048_576)} MB`)
  try {
    const text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content)
    // PostgreSQL keeps no such letter, and no spreadsheet writes one.
    if (text.includes('\0')) throw invalid('The file is not a text')
    return text
  } catch (cause) {
    if (cause instanceof TypeError) throw invalid('The file is not a text in UTF-8')
    throw cause
  }
}

function readRecords(text: string, most: number) {
  try {
    return parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      // One more than may be, so that there is something to refuse; the head is one of them.
      to: most + 1,
      max_record_size: 65_536,
    }) as unknown as { record: string[]; info: { lines: number } }[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw invalid('The file is no table of comma-separated values')
  }
}
