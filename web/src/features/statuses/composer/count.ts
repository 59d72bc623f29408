import { countCharacters } from '@hamlet/contract/text'
import { server } from '../../../app/session.ts'
import type { Part } from './model.ts'

export function limit(): number {
  return server.value.configuration.statuses.max_characters
}

export function charactersLeft(part: Part): number {
  return limit() - countCharacters(part.text) - countCharacters(part.warning ?? '')
}

/** Where the words begin that are too many, as an index into the text; its length when none are. */
export function overFrom(part: Part): number {
  if (charactersLeft(part) >= 0) return part.text.length
  let [low, high] = [0, part.text.length]
  const fits = (end: number) => charactersLeft({ ...part, text: part.text.slice(0, end) }) >= 0
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** The counter is shown from a fifth of the limit on. */
export function isNearLimit(left: number): boolean {
  return left <= limit() / 5
}
