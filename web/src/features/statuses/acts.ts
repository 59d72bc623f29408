import type { Status } from '@hamlet/contract/status'
import { explain, request } from '../../api/request.ts'
import { changeStatus, dropStatus, keepStatus, statusOf } from '../../api/store.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { readHtml, textOf } from '../../lib/html-tree.ts'
import { toast } from '../../ui/toast.tsx'

/** A mark shows at once; when the server says no, it is taken back and said why. */
async function mark(status: Status, verb: string, change: (status: Status) => Status, body?: unknown): Promise<void> {
  changeStatus(status.id, change)
  try {
    const answer = await request<Status>('POST', `/api/v1/statuses/${status.id}/${verb}`, { body: body ?? {} })
    const fresh = answer.reblog ?? answer
    changeStatus(fresh.id, () => fresh)
  } catch (error) {
    changeStatus(status.id, () => status)
    toast(explain(error))
  }
}

export function toggleFavourite(status: Status): Promise<void> {
  const on = !status.favourited
  return mark(status, on ? 'favourite' : 'unfavourite', (one) => ({
    ...one,
    favourited: on,
    favourites_count: one.favourites_count + (on ? 1 : -1),
  }))
}

export function toggleBookmark(status: Status): Promise<void> {
  const on = !status.bookmarked
  return mark(status, on ? 'bookmark' : 'unbookmark', (one) => ({ ...one, bookmarked: on }))
}

export function toggleBoost(status: Status, visibility: 'public' | 'unlisted' | 'private' = 'public'): Promise<void> {
  const on = !status.reblogged
  const change = (one: Status) => ({ ...one, reblogged: on, reblogs_count: one.reblogs_count + (on ? 1 : -1) })
  return mark(status, on ? 'reblog' : 'unreblog', change, on ? { visibility } : {})
}

/** On top of one's own profile, or no longer. */
export async function togglePin(status: Status): Promise<void> {
  const on = !status.pinned
  await mark(status, on ? 'pin' : 'unpin', (one) => ({ ...one, pinned: on }))
  if ((statusOf(status.id).peek()?.pinned ?? false) !== on) return
  const said = on
    ? t('statuses.pinned', 'The post is on top of your profile.')
    : t('statuses.unpinned', 'The post is no longer on top of your profile.')
  toast(said)
}

export async function removeStatus(status: Status): Promise<void> {
  try {
    await request('DELETE', `/api/v1/statuses/${status.id}`)
    dropStatus(status.id)
    toast(t('statuses.deleted', 'The post is deleted.'))
  } catch (error) {
    toast(explain(error))
  }
}

export async function copyLink(status: Status): Promise<void> {
  await navigator.clipboard.writeText(status.url ?? status.uri)
  toast(t('statuses.linkCopied', 'The link is copied.'))
}

export async function copyText(status: Status): Promise<void> {
  await navigator.clipboard.writeText(textOf(readHtml(status.content ?? '')))
  toast(t('statuses.textCopied', 'The text is copied.'))
}

export async function fetchStatus(id: string): Promise<Status> {
  const status = await request<Status>('GET', `/api/v1/statuses/${id}`)
  keepStatus(status)
  return status
}

/** The page of a post inside the app. */
export function pathOf(status: Status): string {
  return `/@${status.account.acct}/${status.id}`
}

/** Posts for few people are boosted by nobody, except those for followers by their author. */
export function canBoost(status: Status): boolean {
  if (status.visibility === 'direct') return false
  return status.visibility !== 'private' || status.account.id === me.value.id
}
