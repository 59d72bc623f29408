import type { Sender } from '@hamlet/contract/letters'

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
