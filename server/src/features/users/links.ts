import { makeId, type Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { hashSecret, makeSecret } from './sessions.ts'

/** What a link in a mail, or on the operator's terminal, may be used for, once. */
export type LinkKind = 'set-up' | 'confirm' | 'email' | 'password' | 'undo-email'

const HOUR_MS = 3_600_000
const LIVES_MS: Record<LinkKind, number> = {
  'set-up': 24 * HOUR_MS,
  confirm: 48 * HOUR_MS,
  email: 48 * HOUR_MS,
  password: 2 * HOUR_MS,
  'undo-email': 7 * 24 * HOUR_MS,
}

/** Makes the secret of a link; earlier ones of the same kind for the same person end. */
export async function makeLink(tx: Tx, kind: Exclude<LinkKind, 'undo-email'>, userId: Id | null): Promise<string> {
  const earlier = tx.db.deleteFrom('one_time_links').where('kind', '=', kind)
  await (userId === null ? earlier : earlier.where('user_id', '=', userId)).execute()
  return insertLink(tx, kind, userId, null)
}

/**
 * Makes the secret of a link that puts an earlier address back. Those that went to addresses before it stay: whoever changes
 * the address twice takes the way back from nobody (reliability EM-04).
 */
export function makeUndoLink(tx: Tx, userId: Id, email: string): Promise<string> {
  return insertLink(tx, 'undo-email', userId, email)
}

async function insertLink(tx: Tx, kind: LinkKind, userId: Id | null, email: string | null): Promise<string> {
  const secret = makeSecret()
  const now = tx.clock.now().getTime()
  await tx.db
    .insertInto('one_time_links')
    .values({
      id: makeId(now),
      kind,
      secret_hash: hashSecret(secret),
      user_id: userId,
      email,
      created_at: new Date(now).toISOString(),
      expires_at: new Date(now + LIVES_MS[kind]).toISOString(),
    })
    .execute()
  return secret
}

/** True while a link can still be used; looking does not use it up, since mail programs look too. */
export async function isLinkGood(ctx: Context, kind: LinkKind, secret: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('one_time_links')
    .select('id')
    .where('kind', '=', kind)
    .where('secret_hash', '=', hashSecret(secret))
    .where('expires_at', '>', ctx.clock.now().toISOString())
    .executeTakeFirst()
  return row !== undefined
}

/** Uses a link up; undefined when it was used, ended or never was. Of two at once one gets it. */
export async function takeLink(tx: Tx, kind: LinkKind, secret: string): Promise<{ userId: Id | null } | undefined> {
  const row = await tx.db
    .deleteFrom('one_time_links')
    .where('kind', '=', kind)
    .where('secret_hash', '=', hashSecret(secret))
    .returning(['user_id', 'expires_at'])
    .executeTakeFirst()
  const isGood = row && Date.parse(row.expires_at) > tx.clock.now().getTime()
  return isGood ? { userId: row.user_id } : undefined
}

export async function pruneLinks(ctx: Context): Promise<void> {
  await ctx.db.deleteFrom('one_time_links').where('expires_at', '<', ctx.clock.now().toISOString()).execute()
}
