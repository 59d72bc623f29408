import type { Status } from '@hamlet/contract/status'
import { computed } from '@preact/signals'
import { statusOf } from '../api/store.ts'
import { switchToNth } from '../features/accounts/switch.ts'
import { openKeys, openPalette } from '../features/palette/palette-state.ts'
import { copyLink, pathOf, toggleBookmark, toggleBoost, toggleFavourite } from '../features/statuses/acts.ts'
import { openComposer } from '../features/statuses/composer-state.ts'
import { openQuote } from '../features/statuses/quote/acts.ts'
import { answer } from '../features/statuses/replies/answer.ts'
import { toggleCover, toggleThreadWarnings } from '../features/statuses/warnings.ts'
import { reading } from './reading.ts'
import { navigate } from './router.ts'
import { me } from './session.ts'

export type KeyGroup = 'list' | 'post' | 'anywhere' | 'go'
type Key = { keys: readonly string[]; group: KeyGroup; run: (status: Status) => unknown }

/** With Ctrl, or with ⌘ on Apple's systems. */
export const PALETTE_KEY = 'k'
export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/**
 * Every key of the app, by what it does; the page of keys and the palette are drawn from it (web-spec I-16). A space stands
 * between keys that are pressed one after the other. What is for a post acts on the card that has the focus.
 */
export const keyMap = {
  next: { keys: ['j'], group: 'list', run: () => step(1) },
  previous: { keys: ['k'], group: 'list', run: () => step(-1) },
  top: { keys: ['g g'], group: 'list', run: () => scrollTo({ top: 0 }) },
  end: { keys: ['G'], group: 'list', run: () => scrollTo({ top: document.documentElement.scrollHeight }) },
  fresh: { keys: ['.'], group: 'list', run: () => document.querySelector<HTMLElement>('.new-posts')?.click() },
  warnings: { keys: ['z'], group: 'list', run: () => toggleThreadWarnings() },
  open: { keys: ['Enter', 'o'], group: 'post', run: (status) => openFocused(status) },
  reply: { keys: ['r'], group: 'post', run: (status) => answer(status) },
  boost: { keys: ['b'], group: 'post', run: (status) => toggleBoost(status) },
  favourite: { keys: ['f'], group: 'post', run: (status) => toggleFavourite(status) },
  quote: { keys: ['q'], group: 'post', run: (status) => openQuote(status) },
  bookmark: { keys: ['d'], group: 'post', run: (status) => toggleBookmark(status) },
  fold: { keys: ['x'], group: 'post', run: (status) => toggleCover(status) },
  mention: { keys: ['m'], group: 'post', run: ({ account }) => openComposer({ text: `@${account.acct} ` }) },
  picture: { keys: ['e'], group: 'post', run: () => focusedCard()?.querySelector<HTMLElement>('.picture a')?.click() },
  author: { keys: ['p'], group: 'post', run: ({ account }) => navigate(`/@${account.acct}`) },
  link: { keys: ['l'], group: 'post', run: (status) => copyLink(status) },
  write: { keys: ['n', 'c'], group: 'anywhere', run: () => openComposer() },
  search: { keys: ['/'], group: 'anywhere', run: () => navigate('/search') },
  keys: { keys: ['?'], group: 'anywhere', run: () => openKeys() },
  goHome: { keys: ['g h'], group: 'go', run: () => navigate('/home') },
  goNotifications: { keys: ['g n'], group: 'go', run: () => navigate('/notifications') },
  goMentions: { keys: ['g m'], group: 'go', run: () => navigate('/mentions') },
  goExplore: { keys: ['g e'], group: 'go', run: () => navigate('/explore') },
  goLocal: { keys: ['g l'], group: 'go', run: () => navigate('/public') },
  goSearch: { keys: ['g s'], group: 'go', run: () => navigate('/search') },
  goProfile: { keys: ['g p'], group: 'go', run: () => navigate(`/@${me.value.acct}`) },
  goBookmarks: { keys: ['g b'], group: 'go', run: () => navigate('/bookmarks') },
  goFavourites: { keys: ['g f'], group: 'go', run: () => navigate('/favourites') },
  goRequests: { keys: ['g r'], group: 'go', run: () => navigate('/follow-requests') },
} satisfies Record<string, Key>
export type KeyName = keyof typeof keyMap

/** The keys of something, one or two after each other: those that the person chose, or the usual. Enter opens in any case. */
export function keysOf(name: KeyName): readonly string[] {
  const usual: readonly string[] = keyMap[name].keys
  const chosen = reading.value.keys[name]
  return chosen ? [...usual.filter((keys) => keys === 'Enter'), ...chosen] : usual
}

/** What each of the keys does now, and which of them begin others. */
export const bound = computed(() => {
  const names = Object.keys(keyMap) as KeyName[]
  const byKeys = new Map(names.flatMap((name) => keysOf(name).map((keys) => [keys, name] as const)))
  const first = [...byKeys.keys()].flatMap((keys) => (keys.includes(' ') ? [keys.split(' ')[0] ?? ''] : []))
  return { byKeys, prefixes: new Set(first) }
})
const PATIENCE_MS = 1500

/** The first of keys that go together, and when it was pressed. */
let begun = { key: '', at: 0 }

/** Hears the keys of the whole page. Fields, dialogs and menus keep theirs, and so does what composes letters (IME). */
export function listenToKeys(): () => void {
  addEventListener('keydown', press)
  return () => removeEventListener('keydown', press)
}

/** Alt Shift and a number, also while one writes: letters of no language need them (web-spec 4.20). */
function switchBy({ code }: KeyboardEvent): boolean {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]
  if (digit) switchToNth(Number(digit))
  return digit !== undefined
}

function press(event: KeyboardEvent): void {
  if (event.altKey && event.shiftKey && switchBy(event)) return event.preventDefault()
  const target = event.target instanceof Element ? event.target : document.body
  if (event.isComposing || event.defaultPrevented || target.closest('dialog, [role=menu]')) return
  const isCommand = isApple ? event.metaKey : event.ctrlKey
  if (isCommand && !event.shiftKey && !event.altKey && event.key.toLowerCase() === PALETTE_KEY) {
    event.preventDefault()
    return openPalette(focusedCard()?.dataset.id)
  }
  const isTyping = target.closest('input, textarea, select, [contenteditable]') !== null
  if (isTyping || !reading.value.singleKeys || event.ctrlKey || event.metaKey || event.altKey) return
  if (act(letterOf(event), event)) event.preventDefault()
}

/** Where the letters are not Latin, the key that has the letter elsewhere. */
export function letterOf({ key, code }: KeyboardEvent): string {
  const isForeign = key.length === 1 && key > '\u007F' && code.startsWith('Key')
  return isForeign ? code.slice(-1).toLowerCase() : key
}

function act(letter: string, event: KeyboardEvent): boolean {
  const { byKeys, prefixes } = bound.peek()
  const isSecond = begun.key !== '' && event.timeStamp - begun.at < PATIENCE_MS
  const name = byKeys.get(isSecond ? `${begun.key} ${letter}` : letter)
  const key: Key | undefined = name && keyMap[name]
  begun = !isSecond && prefixes.has(letter) ? { key: letter, at: event.timeStamp } : { key: '', at: 0 }
  // A held key moves on and on, but does not do and undo.
  if (!key || (event.repeat && key.group !== 'list')) return false
  if (key.group !== 'post') {
    key.run(undefined as never)
    return true
  }
  const card = focusedCard()
  const status = card?.dataset.id ? statusOf(card.dataset.id).peek() : null
  // Enter on a link or a button in the card is theirs.
  if (!status || (letter === 'Enter' && document.activeElement !== card)) return false
  key.run(status)
  return true
}

/** What has the focus in a card: a picture of it, or all of it. */
function openFocused(status: Status): void {
  const picture = document.activeElement?.closest('.picture')?.querySelector<HTMLElement>('a')
  if (picture) picture.click()
  else navigate(pathOf(status))
}

function focusedCard(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('article.card') ?? null
}

function step(by: number): void {
  const cards = [...document.querySelectorAll<HTMLElement>('.column article.card')]
  const focused = focusedCard()
  const at = focused ? cards.indexOf(focused) : -1
  const card = cards[Math.max(0, Math.min(at + by, cards.length - 1))]
  card?.focus()
  card?.scrollIntoView({ block: 'nearest' })
}
