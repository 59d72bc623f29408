import type { WarningRule } from '@hamlet/contract/account-settings'
import type { Status } from '@hamlet/contract/status'
import { computed, signal } from '@preact/signals'
import { isCovered, reading } from '../../app/reading.ts'
import { foldHere, isBlurred, isFolded, toggleFold } from '../filters/fold.ts'
import { kindWords } from './warning-kinds.ts'

export type WarningAct = WarningRule['act']

/** Scripts that put no space between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** Finds one of some words, whole; a space between two may be written as a hyphen, or not at all. */
function finderOf(words: readonly string[]): RegExp {
  const parts = words.map((word) => {
    const written = word
      .trim()
      .split(/\s+/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join(String.raw`[\s_-]*`)
    return UNSPACED.test(word) ? written : String.raw`(?<![\p{L}\p{N}])${written}(?![\p{L}\p{N}])`
  })
  return new RegExp(parts.join('|'), 'iu')
}

/** Where several rules fit, a word counts before a kind, and then the more careful rule. */
const CAREFUL: readonly WarningAct[] = ['fold', 'cover', 'open']
const weightOf = (rule: WarningRule) => ('word' in rule ? 0 : CAREFUL.length) + CAREFUL.indexOf(rule.act)

const rules = computed(() =>
  reading.value.warningRules
    .toSorted((one, other) => weightOf(one) - weightOf(other))
    .map((rule) => ({
      act: rule.act,
      finder: finderOf('word' in rule ? [rule.word] : (kindWords[rule.kind] ?? '').split(',')),
    })),
)

/** What the reader's rules say of a warning; undefined when none of them speaks of it. */
export function actOn(warning: string): WarningAct | undefined {
  return warning === '' ? undefined : rules.value.find(({ finder }) => finder.test(warning))?.act
}

/** What the reader opened or closed by hand; it holds until the page is left. */
const pressed = signal<ReadonlyMap<string, boolean>>(new Map())

/** Whether what stands behind the warning of a post is shown: as was pressed, or by the rules. */
export function isOpen(status: Status): boolean {
  if (status.spoiler_text === '') return true
  const act = actOn(status.spoiler_text)
  return pressed.value.get(status.id) ?? (act === undefined ? reading.value.expandWarnings : act !== 'fold')
}

/** Opens or closes warnings. */
export function setOpen(statuses: readonly Status[], isOpenNow: boolean): void {
  pressed.value = new Map([...pressed.peek(), ...statuses.map(({ id }) => [id, isOpenNow] as const)])
}

/** Whether the media of a post are covered, by its author, by how one reads, by a rule or by a filter. */
export function coversMedia(status: Status): boolean {
  return (
    isCovered(status.sensitive && status.spoiler_text === '') ||
    actOn(status.spoiler_text) === 'cover' ||
    isBlurred(status)
  )
}

/** Those of some posts that warn of something, and whether all of them lie open. */
export function warningsOf(posts: readonly Status[]): { warned: Status[]; areOpen: boolean } {
  const warned = posts.filter((status) => status.spoiler_text !== '')
  return { warned, areOpen: warned.length > 0 && warned.every(isOpen) }
}

/** The posts of the thread that is on the screen, for the key; nothing is drawn from it. */
export const threadPosts: { current: readonly Status[] } = { current: [] }

/** What was last done to all of them, for those who hear the page. */
export const toggled = signal<'open' | 'closed' | undefined>(undefined)

/** Opens every warning of the thread; when all are open, closes them. */
export function toggleThreadWarnings(): void {
  const { warned, areOpen } = warningsOf(threadPosts.current)
  if (warned.length === 0) return
  setOpen(warned, !areOpen)
  toggled.value = areOpen ? 'closed' : 'open'
}

/** Opens or closes what covers a post: a filter that folds it, or its warning. */
export function toggleCover(status: Status): void {
  const isWarning = status.spoiler_text !== '' && !isFolded(status)
  if (isWarning) setOpen([status], !isOpen(status))
  else if (foldHere(status)?.action === 'warn') toggleFold(status.id)
}
