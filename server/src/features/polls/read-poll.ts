import { countGraphemes } from '@hamlet/contract/text'
import { invalid } from '#lib/refusal'
import { pollLimits } from './limits.ts'

/** A question as its author asks it. Without `expiresIn` (in seconds) an edit keeps the end that the poll has. */
export type NewPoll = {
  options?: readonly string[] | undefined
  expiresIn?: number | undefined
  multiple?: boolean | undefined
  hideTotals?: boolean | undefined
}

export type ReadPoll = { options: string[]; expiresIn: number | undefined; multiple: boolean; hideTotals: boolean }

/** A grapheme can be of any length; nobody needs one of more than a few letters. */
const LONGEST_TEXT = 1000

/** What may be asked (mastodon-limits). Refuses with 422 in the words of a validation. */
export function readPoll(poll: NewPoll): ReadPoll {
  const options = (poll.options ?? []).map((option) => option.trim()).filter((option) => option !== '')
  checkOptions(options)
  const { expiresIn } = poll
  if (expiresIn !== undefined && expiresIn < pollLimits.shortestSeconds)
    throw invalid(`Validation failed: Poll must be open for at least ${pollLimits.shortestSeconds} seconds`)
  if (expiresIn !== undefined && expiresIn > pollLimits.longestSeconds)
    throw invalid(`Validation failed: Poll must end within ${pollLimits.longestSeconds} seconds`)
  return { options, expiresIn, multiple: poll.multiple ?? false, hideTotals: poll.hideTotals ?? false }
}

function checkOptions(options: readonly string[]): void {
  const { fewestOptions, mostOptions, optionLength } = pollLimits
  if (options.length < fewestOptions) throw invalid(`Validation failed: Poll needs at least ${fewestOptions} options`)
  if (options.length > mostOptions) throw invalid(`Validation failed: Poll has more than ${mostOptions} options`)
  if (options.some((option) => option.length > LONGEST_TEXT || countGraphemes(option) > optionLength))
    throw invalid(`Validation failed: Poll has an option of more than ${optionLength} characters`)
  if (new Set(options).size < options.length) throw invalid('Validation failed: Poll has the same option twice')
}
