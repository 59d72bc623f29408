import type { Status } from '@hamlet/contract/status'
import { computed, signal } from '@preact/signals'
import { address, layOver, match } from '../../app/router.ts'
import { pathOf } from '../statuses/acts.ts'

/** A post's picture, film or sound that is looked at, counted from 0. */
export type Viewed = { id: string; index: number; path: string }

/** What the address says is open: `/@ana/12?media=2` (web-spec 1.1). */
export const viewed = computed<Viewed | undefined>(() => {
  const { pathname, searchParams } = new URL(address.value, location.origin)
  const number = Number(searchParams.get('media'))
  const path = decodeURI(pathname)
  const { id = '' } = match('/@:acct/:id', path) ?? {}
  return /^\d+$/.test(id) && Number.isInteger(number) && number > 0 ? { id, index: number - 1, path } : undefined
})

/** Posts whose covered pictures the reader had uncovered where they pressed one. A reload covers them again. */
export const uncovered = signal<ReadonlySet<string>>(new Set())

export function uncover(id: string): void {
  uncovered.value = new Set([...uncovered.value, id])
}

export function pathOfPicture(path: string, index: number): string {
  return `${path}?media=${index + 1}`
}

/** A plain press on a picture opens it over the screen; with a key held the browser opens the address. */
export function openPicture(event: MouseEvent, status: Status, index: number): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  // Not every browser gives a pressed link the focus, and it has to come back here.
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus({ preventScroll: true })
  uncover(status.id)
  layOver(pathOfPicture(pathOf(status), index))
}
