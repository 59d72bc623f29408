import type { Instance } from '@hamlet/contract/instance'
import type { Poll } from '@hamlet/contract/poll'
import { countGraphemes } from '@hamlet/contract/text'
import { t } from '../../i18n/words.ts'

/** A poll in writing. `expiresIn` is in seconds; null keeps the end of a poll that is edited. */
export type PollDraft = { options: string[]; expiresIn: number | null; multiple: boolean; hideTotals: boolean }
export type PollLimits = Instance['configuration']['polls']

const A_DAY = 86_400

export const emptyPoll: PollDraft = { options: ['', ''], expiresIn: A_DAY, multiple: false, hideTotals: false }

/** The poll of a post that is edited. Hidden counts show by being absent. */
export function draftOf(poll: Poll | null): PollDraft | null {
  if (!poll) return null
  const hideTotals = poll.options.some((option) => option.votes_count === null)
  return { options: poll.options.map((option) => option.title), expiresIn: null, multiple: poll.multiple, hideTotals }
}

/** What keeps a poll from being posted, in words; undefined when nothing does. */
export function problemOf(poll: PollDraft, limits: PollLimits): string | undefined {
  const options = writtenOptions(poll)
  if (options.length < 2) return t('polls.tooFew', 'A poll needs two options at least.')
  if (new Set(options).size < options.length) return t('polls.twice', 'Two options of the poll are the same.')
  return options.some((option) => overlong(option, limits) > 0)
    ? t('polls.tooLong', 'An option of the poll is too long.')
    : undefined
}

/** How many characters an option has too many. */
export function overlong(option: string, limits: PollLimits): number {
  return Math.max(0, countGraphemes(option.trim()) - limits.max_characters_per_option)
}

function writtenOptions(poll: PollDraft): string[] {
  return poll.options.map((option) => option.trim()).filter((option) => option !== '')
}

/** The poll as `POST` and `PUT /api/v1/statuses` take it. */
export function pollBody(poll: PollDraft): Record<string, unknown> {
  return {
    options: writtenOptions(poll),
    multiple: poll.multiple,
    hide_totals: poll.hideTotals,
    ...(poll.expiresIn === null ? {} : { expires_in: poll.expiresIn }),
  }
}

/** Lines that were pasted into one option become options, as many as may be. */
export function withLines(options: readonly string[], at: number, text: string, limits: PollLimits): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const after = options.slice(at + 1).filter((option) => option.trim() !== '')
  return [...options.slice(0, at), ...lines, ...after].slice(0, limits.max_options)
}

export function moved(options: readonly string[], from: number, to: number): string[] {
  const others = options.filter((_, index) => index !== from)
  return [...others.slice(0, to), options[from] ?? '', ...others.slice(to)]
}
