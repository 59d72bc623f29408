import type { ArchiveLetters } from './letters/archives.ts'
import type { EnteringLetters } from './letters/entering.ts'
import type { InstanceLetters } from './letters/instance.ts'
import type { ModerationLetters } from './letters/moderation.ts'
import type { RuleLetters } from './letters/rules.ts'
import type { TrendLetters } from './letters/trends.ts'
import type { UserLetters } from './letters/users.ts'

/** Every letter that the server writes, with the facts it is about. A room adds its own in a file of its own. */
export type Letters = UserLetters &
  EnteringLetters &
  ModerationLetters &
  RuleLetters &
  ArchiveLetters &
  TrendLetters &
  InstanceLetters
export type LetterKind = keyof Letters

/**
 * Who writes: the server by its title, its domain and its public address. What the team adds: `note` to this kind of
 * letter, `signature` under all of them.
 */
export type Sender = {
  title: string
  domain: string
  url: string
  note?: string
  signature?: string
  /** Where the reader says that they want no more of this kind. */
  unsubscribe?: string
}

/** A letter as it is sent: the same words as text and as HTML, in one language (BCP 47). */
export type Letter = { subject: string; text: string; html: string; language: string }

/** What `web/src/ssr.tsx` exports as `writeLetter`: words of a kind of letter in a language, or in English. */
export type WriteLetter = <K extends LetterKind>(
  language: string,
  kind: K,
  facts: Letters[K],
  sender: Sender,
) => Promise<Letter>
