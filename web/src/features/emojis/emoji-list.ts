import type { CustomEmoji } from '@hamlet/contract/emoji'
import { request } from '../../api/request.ts'
import { me } from '../../app/session.ts'

let asked: Promise<CustomEmoji[]> | undefined

/** The emoji of this server, asked for once for each visit. */
export function loadEmojis(): Promise<CustomEmoji[]> {
  asked ??= request<CustomEmoji[]>('GET', '/api/v1/custom_emojis').catch((error: unknown) => {
    asked = undefined
    throw error
  })
  return asked
}

const MOST_RECENT = 16
const keptAs = () => `hamlet-emojis-${me.peek().id}`

/** Names that the reader chose last on this device, newest first. */
export function recentNames(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keptAs()) ?? '[]')
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string').slice(0, MOST_RECENT) : []
  } catch {
    return []
  }
}

export function noteChosen(shortcode: string): void {
  const names = [shortcode, ...recentNames().filter((name) => name !== shortcode)]
  localStorage.setItem(keptAs(), JSON.stringify(names.slice(0, MOST_RECENT)))
}

export type Section = { key: 'recent' | 'category' | 'rest'; title: string; emojis: CustomEmoji[] }

/** What was used lately, each category by its name, and the rest; of all of them what a search leaves. */
export function arrange(all: readonly CustomEmoji[], recent: readonly string[], search: string): Section[] {
  const wanted = search.trim().toLowerCase().replaceAll(':', '')
  const fitting = all.filter((emoji) => emoji.shortcode.toLowerCase().includes(wanted))
  const lately = recent.flatMap((name) => all.filter((emoji) => emoji.shortcode === name))
  const categories = [...new Set(fitting.map((emoji) => emoji.category ?? ''))].toSorted((a, b) => a.localeCompare(b))
  const sections = categories
    .filter((title) => title !== '')
    .map((title): Section => ({
      key: 'category',
      title,
      emojis: fitting.filter((emoji) => emoji.category === title),
    }))
  const rest = fitting.filter((emoji) => !emoji.category)
  return [
    ...(wanted === '' && lately.length > 0 ? [{ key: 'recent', title: '', emojis: lately } as const] : []),
    ...sections,
    ...(rest.length > 0 ? [{ key: 'rest', title: '', emojis: rest } as const] : []),
  ]
}
