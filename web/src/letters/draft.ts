import type { Sender } from '@hamlet/contract/letters'
import { dateInWords } from '../i18n/words.ts'

/**
 * What a letter is made of. A string is a paragraph; a quote is what a person wrote, shown as theirs; a button is the one
 * thing to do; facts are names with values; a link stands alone where there is more than one way on.
 */
export type Part =
  | string
  | { quote: string }
  | { button: string; href: string }
  | { link: string; href: string }
  | { facts: readonly (readonly [name: string, value: string])[] }

/** `foot` says why it came, where having an account is not the reason. */
export type Draft = { subject: string; parts: readonly Part[]; foot?: string }

/** How each kind of letter of a room is written, in the language that is spoken. */
export type Writers<L> = { [K in keyof L]: (facts: L[K], sender: Sender) => Draft }

/** A moment in words, in the one time that every reader can tell theirs from. */
export function momentOf(iso: string): string {
  if (Number.isNaN(Date.parse(iso))) return iso
  return `${dateInWords(iso, { dateStyle: 'long', timeStyle: 'short' })} UTC`
}
