import type { Status } from '@hamlet/contract/status'
import { explain, request } from '../../api/request.ts'
import { changeStatus, dropStatus, keepStatus } from '../../api/store.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { readHtml, textOf } from '../../lib/html-tree.ts'
import { nameOf } from '../../ui/name.tsx'
import { toast } from '../../ui/toast.tsx'
import { doOrWait, type Outcome } from '../outbox/acts-waiting.ts'

/** A mark shows at once, and waits where there is no network; when the server says no, it is taken back and said why. */
function mark(status: Status, { verb, says, body }: Mark, change: (status: Status) => Status): Promise<Outcome> {
  changeStatus(status.id, change)
  return doOrWait<Status>({
    path: `/api/v1/statuses/${status.id}/${verb}`,
    body: body ?? {},
    subject: `${verb.replace(/^un/, '')} ${status.id}`,
    says,
    took: (answer) => {
      const fresh = answer.reblog ?? answer
      changeStatus(fresh.id, () => fresh)
    },
    revert: () => changeStatus(status.id, () => status),
  })
}

type Mark = { verb: string; says: string; body?: unknown }

/** Whose post, for the list of what waits. */
const whose = (status: Status) => ({ name: nameOf(status.account) })

export async function toggleFavourite(status: Status): Promise<void> {
  const on = !status.favourited
  const says = on
    ? t('outbox.favourite', 'Favourite a post of {name}', whose(status))
    : t('outbox.unfavourite', 'Take a favourite from a post of {name}', whose(status))
  await mark(status, { verb: on ? 'favourite' : 'unfavourite', says }, (one) => ({
    ...one,
    favourited: on,
    favourites_count: one.favourites_count + (on ? 1 : -1),
  }))
}

export async function toggleBookmark(status: Status): Promise<void> {
  const on = !status.bookmarked
  const says = on
    ? t('outbox.bookmark', 'Bookmark a post of {name}', whose(status))
    : t('outbox.unbookmark', 'Take the bookmark from a post of {name}', whose(status))
  await mark(status, { verb: on ? 'bookmark' : 'unbookmark', says }, (one) => ({ ...one, bookmarked: on }))
}

export async function toggleBoost(
  status: Status,
  visibility: 'public' | 'unlisted' | 'private' = 'public',
): Promise<void> {
  const on = !status.reblogged
  const says = on
    ? t('outbox.boost', 'Boost a post of {name}', whose(status))
    : t('outbox.unboost', 'Take a boost from a post of {name}', whose(status))
  const change = (one: Status) => ({ ...one, reblogged: on, reblogs_count: one.reblogs_count + (on ? 1 : -1) })
  await mark(status, { verb: on ? 'reblog' : 'unreblog', says, ...(on ? { body: { visibility } } : {}) }, change)
}

/** On top of one's own profile, or no longer. */
export async function togglePin(status: Status): Promise<void> {
  const on = !status.pinned
  const says = on ? t('outbox.pin', 'Pin your post') : t('outbox.unpin', 'Unpin your post')
  if ((await mark(status, { verb: on ? 'pin' : 'unpin', says }, (one) => ({ ...one, pinned: on }))) !== 'done') return
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
