/**
 * Purpose: what the server writes to people by mail, in their language, as text and as HTML, and what the team adds to
 * it. Owns: letter_words. Events: none.
 */
import type { Letter, LetterKind, Letters } from '@hamlet/contract/letters'
import type { Context } from '#platform/context'
import { defineRoom, none } from '#platform/room'
import { sampleFacts } from './samples.ts'
import { readSender } from './words.ts'

export { isLetterKind, letterKinds } from './samples.ts'
export { readLetterWords, SIGNATURE, writeLetterWords } from './words.ts'

export const letters = defineRoom({
  name: 'letters',
  erase: none('holds words of the team, and nobody in them'),
  takeout: none('holds words of the team, and nobody in them'),
})

/**
 * Who gets a letter: an address, and the language that its owner reads (BCP 47), where it is known. `unsubscribe` is where
 * they say that they want no more of a letter that comes again and again.
 */
export type Addressee = { email: string; locale?: string | null; unsubscribe?: string }

/**
 * Writes a letter and hands it over. Call it from a job: it throws when the mail server refuses, and the job tries again.
 * Nobody lives at a reserved name (RFC 2606, RFC 6761), as the residents of the demo village do: nothing is sent there.
 */
export async function sendLetter<K extends LetterKind>(
  ctx: Context,
  { email, locale, unsubscribe }: Addressee,
  kind: K,
  facts: Letters[K],
): Promise<void> {
  if (email.endsWith('.invalid')) return
  const stop = unsubscribe === undefined ? {} : { unsubscribe }
  const sender = { ...(await readSender(ctx, kind)), ...stop }
  const { subject, text, html } = await ctx.words.letter(locale ?? 'en', kind, facts, sender)
  await ctx.mail.send({ to: email, subject, text, html, ...stop })
}

/** A letter as somebody who reads a language would get it, about nothing that happened. */
export async function sampleLetter(ctx: Context, kind: LetterKind, language: string): Promise<Letter> {
  return ctx.words.letter(language, kind, sampleFacts(ctx.config.url)[kind], await readSender(ctx, kind))
}
