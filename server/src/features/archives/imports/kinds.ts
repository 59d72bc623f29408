import type { ExportName } from '../exports.ts'

export const importKinds = [
  'following',
  'blocking',
  'muting',
  'domain_blocking',
  'bookmarks',
  'lists',
  'custom_filters',
] as const
export type ImportKind = (typeof importKinds)[number]

/** Columns as Mastodon names them (mastodon-features 17), and the list of a person that a file of the kind is about. */
export const tables: Record<Exclude<ImportKind, 'custom_filters'>, { columns: readonly string[]; list: ExportName }> = {
  following: {
    columns: ['Account address', 'Show boosts', 'Notify on new posts', 'Languages'],
    list: 'follows',
  },
  blocking: { columns: ['Account address'], list: 'blocks' },
  muting: { columns: ['Account address', 'Hide notifications'], list: 'mutes' },
  domain_blocking: { columns: ['domain'], list: 'domain_blocks' },
  bookmarks: { columns: ['uri'], list: 'bookmarks' },
  lists: { columns: ['List name', 'Account address'], list: 'lists' },
}

/** One line of a file, read. */
export type ImportRow =
  | { acct: string; reblogs?: boolean; notify?: boolean; languages?: string[] }
  | { acct: string; notifications: boolean }
  | { acct: string }
  | { domain: string }
  | { uri: string }
  | { list: string; acct: string }
  | FilterRow
export type FilterRow = {
  title: string
  context: string[]
  action: string
  expires_at: string | null
  keywords: { keyword: string; whole_word: boolean }[]
  statuses: string[]
}

/** By this two rows mean the same thing. Letters count alike, large or small, in names and hosts. */
export function keyOfRow(row: ImportRow): string {
  if ('title' in row) return row.title
  if ('list' in row) return `${row.list}\n${row.acct.toLowerCase()}`
  if ('acct' in row) return row.acct.toLowerCase()
  return 'domain' in row ? row.domain : row.uri
}

/** The same of what somebody has, as `listRows` gives it. */
export function keyOfCells(kind: Exclude<ImportKind, 'custom_filters'>, cells: readonly string[]): string {
  const [first = '', second = ''] = cells
  if (kind === 'lists') return `${first}\n${second.toLowerCase()}`
  return kind === 'bookmarks' ? first : first.toLowerCase()
}

/** A row as it stands in a file of its kind. */
export function cellsOfRow(row: ImportRow): string[] {
  if ('list' in row) return [row.list, row.acct]
  if ('notifications' in row) return [row.acct, String(row.notifications)]
  if (!('acct' in row)) return [keyOfRow(row)]
  if (!('languages' in row || 'reblogs' in row || 'notify' in row)) return [row.acct]
  const { reblogs = true, notify = false, languages = [] } = row
  return [row.acct, String(reblogs), String(notify), languages.join(', ')]
}
