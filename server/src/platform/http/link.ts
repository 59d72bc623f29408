import type { Answer } from './route.ts'

type Cursors = { next?: Record<string, string>; prev?: Record<string, string> }

const CURSORS = ['max_id', 'since_id', 'min_id', 'offset']

/** Sets the Link header of a page: same address and filters, other cursors (mastodon-api 1.0). */
export function linkPages(answer: Answer, baseUrl: string, target: string, cursors: Cursors): void {
  const links = Object.entries(cursors).map(([rel, values]) => `<${withCursor(baseUrl, target, values)}>; rel="${rel}"`)
  if (links.length > 0) answer.header('Link', links.join(', '))
}

/** Cursors of a statuses-style page: both directions whenever it has entries. */
export function statusCursors(ids: readonly string[]): Cursors {
  const [first, last] = [ids[0], ids.at(-1)]
  return first === undefined || last === undefined ? {} : { next: { max_id: last }, prev: { min_id: first } }
}

function withCursor(baseUrl: string, target: string, values: Record<string, string>): string {
  const url = new URL(target, baseUrl)
  for (const name of [...CURSORS, 'access_token']) url.searchParams.delete(name)
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value)
  return url.href
}

/** Cursors of an account-style page: ids of rows that appear nowhere else, `next` only when the page is full. */
export function rowCursors(rowIds: readonly string[], limit: number): Cursors {
  const [first, last] = [rowIds[0], rowIds.at(-1)]
  if (first === undefined || last === undefined) return {}
  return { ...(rowIds.length === limit ? { next: { max_id: last } } : {}), prev: { since_id: first } }
}
