type Line = {
  created_at: string
  actor: { acct: string } | null
  action: string
  target_type: string
  target_id: string | null
  target_label: string
  details: Record<string, unknown>
}

const HEAD = ['time', 'who', 'what', 'kind', 'id', 'about', 'details']

/** A cell of a table that a spreadsheet opens: nothing in it is taken for a formula (OWASP, CSV injection). */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function writeLogCsv(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.created_at,
    line.actor?.acct ?? '',
    line.action,
    line.target_type,
    line.target_id ?? '',
    line.target_label,
    JSON.stringify(line.details),
  ])
  return [HEAD, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}
