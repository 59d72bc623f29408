import type { FilterContext } from '@hamlet/contract/filter'
import { foldIn, type Fold } from '@hamlet/contract/fold'
import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { place } from '../../app/router.ts'

/** Where filters say they act, by the address of a screen; nothing is filtered where one looks for something oneself. */
export function contextOf(path: string): FilterContext | undefined {
  if (path === '/home' || path.startsWith('/lists/')) return 'home'
  if (path === '/public' || path.startsWith('/public/') || path.startsWith('/tags/')) return 'public'
  if (path.startsWith('/notifications')) return 'notifications'
  if (/^\/@[^/]+\/\d+/.test(path)) return 'thread'
  return /^\/@[^/]+$/.test(path) ? 'account' : undefined
}

/** Posts that the reader opened although a filter folds them; they stay open until the page is left. */
const unfolded = signal<ReadonlySet<string>>(new Set())

/** What the reader's filters do to a post on this screen. */
export function foldHere(status: Status): Fold | undefined {
  const context = contextOf(place.value.path)
  return context && foldIn(status.filtered, context)
}

/** Whether a post is folded away now. */
export function isFolded(status: Status): boolean {
  return foldHere(status)?.action === 'warn' && !unfolded.value.has(status.id)
}

/** Opens a folded post in its place, or folds it again. */
export function toggleFold(id: string): void {
  const next = new Set(unfolded.value)
  if (!next.delete(id)) next.add(id)
  unfolded.value = next
}

/** Whether the pictures of a post are covered by a filter. */
export function isBlurred(status: Status): boolean {
  return foldHere(status)?.action === 'blur'
}
