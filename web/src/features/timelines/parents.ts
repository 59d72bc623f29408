import type { Status } from '@hamlet/contract/status'
import { request } from '../../api/request.ts'
import { keepStatus, statusOf } from '../../api/store.ts'

const asked = new Set<string>()
/** GET /api/v1/statuses takes this many ids. */
const AT_ONCE = 20

/** Reads the posts that those of a list answer, a few at a time and each once; a card has a line for its parent. */
export function fetchParents(ids: readonly string[]): void {
  const wanted = ids
    .map(parentOf)
    .filter((id) => id !== null)
    .filter((id) => !asked.has(id) && !statusOf(id).peek())
  for (let at = 0; at < wanted.length; at += AT_ONCE) void fetchSome(wanted.slice(at, at + AT_ONCE))
}

function parentOf(id: string): string | null {
  const status = statusOf(id).peek()
  const subject = status?.reblog ?? status
  return subject?.in_reply_to_id ?? null
}

async function fetchSome(ids: readonly string[]): Promise<void> {
  for (const id of ids) asked.add(id)
  const query = ids.map((id) => `id[]=${id}`).join('&')
  // Without its parent a reply says whom it answers, and no more.
  const found = await request<Status[]>('GET', `/api/v1/statuses?${query}`).catch(() => [])
  for (const status of found) keepStatus(status)
}
