import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { hashSecret } from '../sessions.ts'

/** What a question to a passkey is for; an answer to one is none to another. */
export type Purpose = 'create' | 'sign-in' | 'second' | 'proof'

const LIVES_MS = 5 * 60_000

/** Remembers a question that a browser is asked; `userId` is whom only it is for. */
export async function keepChallenge(
  ctx: Context,
  challenge: string,
  { purpose, userId }: { purpose: Purpose; userId: Id | null },
): Promise<void> {
  const now = ctx.clock.now().getTime()
  await ctx.db
    .insertInto('passkey_challenges')
    .values({
      challenge_hash: hashSecret(challenge),
      purpose,
      user_id: userId,
      created_at: new Date(now).toISOString(),
      expires_at: new Date(now + LIVES_MS).toISOString(),
    })
    .execute()
}

/** Uses a question up, whatever becomes of the answer; false when it was none of ours, or not this one's, or too old. */
export async function takeChallenge(
  ctx: Context,
  challenge: string,
  { purpose, userId }: { purpose: Purpose; userId: Id | null },
): Promise<boolean> {
  const row = await ctx.db
    .deleteFrom('passkey_challenges')
    .where('challenge_hash', '=', hashSecret(challenge))
    .returning(['purpose', 'user_id', 'expires_at'])
    .executeTakeFirst()
  if (!row || row.purpose !== purpose || row.user_id !== userId) return false
  return Date.parse(row.expires_at) > ctx.clock.now().getTime()
}
