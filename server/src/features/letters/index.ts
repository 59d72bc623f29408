/** Purpose: what the server writes to people by mail, in their language, as text and as HTML. Owns no table. */
import type { LetterKind, Letters } from '@hamlet/contract/letters'
import { readSettings } from '#features/settings'
import type { Context } from '#platform/context'
import { defineRoom, none } from '#platform/room'

export const letters = defineRoom({
  name: 'letters',
  erase: none('owns no table'),
  takeout: none('owns no table'),
})

/** Who gets a letter: an address, and the language that its owner reads (BCP 47), where it is known. */
export type Addressee = { email: string; locale?: string | null }

/**
 * Writes a letter and hands it over. Call it from a job: it throws when the mail server refuses, and the job tries again.
 * Nobody lives at a reserved name (RFC 2606, RFC 6761), as the residents of the demo village do: nothing is sent there.
 */
export async function sendLetter<K extends LetterKind>(
  ctx: Context,
  { email, locale }: Addressee,
  kind: K,
  facts: Letters[K],
): Promise<void> {
  if (email.endsWith('.invalid')) return
  const { title } = await readSettings(ctx)
  const { domain, url } = ctx.config
  const { subject, text, html } = await ctx.words.letter(locale ?? 'en', kind, facts, { title, domain, url })
  await ctx.mail.send({ to: email, subject, text, html })
}
