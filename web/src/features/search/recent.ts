import { signal } from '@preact/signals'
import { me } from '../../app/session.ts'

const MOST = 12
const key = () => `hamlet-searches-${me.peek().id}`

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key()) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

const searches = signal<readonly string[] | undefined>(undefined)

/** What this person searched for on this device, newest first. It is told to nobody. */
export function recentSearches(): readonly string[] {
  return searches.value ?? (searches.value = read())
}

function keep(next: readonly string[]): void {
  searches.value = next
  try {
    localStorage.setItem(key(), JSON.stringify(next))
  } catch {
    // A full or forbidden store is no reason not to search.
  }
}

export function rememberSearch(query: string): void {
  if (query !== '') keep([query, ...recentSearches().filter((one) => one !== query)].slice(0, MOST))
}

export function forgetSearch(query: string): void {
  keep(recentSearches().filter((one) => one !== query))
}

export function forgetSearches(): void {
  searches.value = []
  localStorage.removeItem(key())
}
