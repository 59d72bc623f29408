/**
 * Rows as comma-separated values (RFC 4180, with line feeds as Mastodon writes them). A cell that a spreadsheet would take
 * for a formula gets an apostrophe in front, which `parseCsv` takes off again.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((value) => quote(defuse(value))).join(',')}\n`).join('')
}

function quote(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function defuse(value: string): string {
  return /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value
}

/** What was written before the apostrophe was put in front. */
export function undefuse(value: string): string {
  return /^'+[=+\-@\t\r]/.test(value) ? value.slice(1) : value
}
