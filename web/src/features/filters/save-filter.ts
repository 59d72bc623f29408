import type { Filter } from '@hamlet/contract/filter'
import type { Status } from '@hamlet/contract/status'
import { request } from '../../api/request.ts'
import { changeStatus } from '../../api/store.ts'
import { filterChanges, type Draft } from './editor-state.ts'

const LONGEST_TITLE = 256

/** What the draft says to the server; a filter without a title is called as its first word. */
export function bodyOf(draft: Draft): Record<string, unknown> {
  const words = draft.words.filter((word) => word.keyword.trim() !== '')
  const blank = draft.words.filter((word) => word.keyword.trim() === '' && word.id !== undefined)
  const gone = [...draft.removed, ...blank.map((word) => word.id)]
  return {
    title: draft.title.trim() || (words[0]?.keyword.trim() ?? '').slice(0, LONGEST_TITLE),
    context: draft.contexts,
    filter_action: draft.action,
    ...(draft.seconds === undefined ? {} : { expires_in: draft.seconds || null }),
    keywords_attributes: [
      ...gone.map((id) => ({ id, _destroy: true })),
      ...words.map(({ id, keyword, wholeWord }) => ({ ...(id ? { id } : {}), keyword, whole_word: wholeWord })),
    ],
  }
}

export async function saveFilter(draft: Draft): Promise<Filter> {
  const path = draft.id ? `/api/v2/filters/${draft.id}` : '/api/v2/filters'
  const filter = await request<Filter>(draft.id ? 'PUT' : 'POST', path, { body: bodyOf(draft) })
  await filtersWereChanged()
  return filter
}

export async function removeFilter({ id }: Filter): Promise<void> {
  await request('DELETE', `/api/v2/filters/${id}`)
  await filtersWereChanged()
}

/** Makes a filter that was taken away anew, as it was. */
export async function restoreFilter({ title, context, filter_action, expires_at, ...rest }: Filter): Promise<void> {
  const { keywords = [], statuses = [] } = rest
  const seconds = expires_at === null ? null : Math.max(1, Math.round((Date.parse(expires_at) - Date.now()) / 1000))
  const keywords_attributes = keywords.map(({ keyword, whole_word }) => ({ keyword, whole_word }))
  const body = { title, context, filter_action, expires_in: seconds, keywords_attributes }
  const { id } = await request<Filter>('POST', '/api/v2/filters', { body })
  const path = `/api/v2/filters/${id}/statuses`
  await Promise.all(statuses.map(({ status_id }) => request('POST', path, { body: { status_id } })))
  await filtersWereChanged()
}

const AT_ONCE = 20

/**
 * Posts that are on the screen are read anew, since the server says what filters they fit. That they could not be is no
 * failure of the change: the next look brings it.
 */
export async function filtersWereChanged(): Promise<void> {
  filterChanges.value += 1
  const cards = document.querySelectorAll<HTMLElement>('article.card[data-id]')
  const ids = [...new Set([...cards].map((card) => card.dataset.id ?? ''))]
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const query = ids
      .slice(at, at + AT_ONCE)
      .map((id) => `id[]=${id}`)
      .join('&')
    // oxlint-disable-next-line no-await-in-loop -- a page has few cards, and the server a limit of this many
    const fresh = await request<Status[]>('GET', `/api/v1/statuses?${query}`).catch(() => [])
    for (const status of fresh) changeStatus(status.id, () => status)
  }
}
