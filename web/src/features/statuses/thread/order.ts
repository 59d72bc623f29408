import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { t } from '../../../i18n/words.ts'
import type { Branch } from './tree.ts'

export type Order = 'conversation' | 'newest' | 'oldest' | 'favourited'

/** How replies are ordered; it holds while the app is open. */
export const order = signal<Order>('conversation')

export function listOrders(): [Order, string][] {
  return [
    ['conversation', t('thread.conversation', 'Conversation')],
    ['newest', t('thread.newest', 'Newest first')],
    ['oldest', t('thread.oldest', 'Oldest first')],
    ['favourited', t('thread.favourited', 'Most favourited')],
  ]
}

/** Branches in the order that the reader asked for; what hangs from each stays in its own. */
export function sortBranches(branches: readonly Branch[], by: Order): Branch[] {
  const at = ({ status }: Branch) => Date.parse(status.created_at)
  if (by === 'newest') return branches.toSorted((a, b) => at(b) - at(a))
  if (by === 'oldest') return branches.toSorted((a, b) => at(a) - at(b))
  if (by === 'favourited') return branches.toSorted((a, b) => b.status.favourites_count - a.status.favourites_count)
  return [...branches]
}

/** Replies that stand in the thread, and those that are kept out of it, with what hangs from them. */
export function splitAside(branches: readonly Branch[], isAside: (status: Status) => boolean): [Branch[], Branch[]] {
  const stands: Branch[] = []
  const aside: Branch[] = []
  for (const branch of branches) (isAside(branch.status) ? aside : stands).push(branch)
  return [stands, aside]
}
