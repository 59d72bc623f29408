import { makeId, type Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { hashSecret, makeSecret } from '../sessions.ts'

/** What is still owed: the second factor, setting one up, or reading the recovery codes of the new one. */
export type HeldKind = 'second' | 'set-up' | 'codes'
export type Held = { key: string; kind: HeldKind }

const LIVES_MS = 15 * 60_000

/** Keeps a sign-in whose first factor was right. The key stands in the form alone: no cookie, no address. */
export async function holdSignIn(
  ctx: Context,
  { userId, accountId }: { userId: Id; accountId: Id },
  kind: HeldKind,
): Promise<Held> {
  const key = makeSecret()
  const now = ctx.clock.now().getTime()
  await ctx.db
    .insertInto('pending_sign_ins')
    .values({
      id: makeId(now),
      kind,
      secret_hash: hashSecret(key),
      user_id: userId,
      account_id: accountId,
      created_at: new Date(now).toISOString(),
      expires_at: new Date(now + LIVES_MS).toISOString(),
    })
    .execute()
  return { key, kind }
}

export type Owing = { id: Id; userId: Id; accountId: Id }

/** Whose sign-in a key holds; undefined when it is over, or something else is owed. */
export async function findHeld(ctx: Context, key: string, kind: HeldKind): Promise<Owing | undefined> {
  const row = await ctx.db
    .selectFrom('pending_sign_ins')
    .select(['id', 'user_id', 'account_id'])
    .where('secret_hash', '=', hashSecret(key))
    .where('kind', '=', kind)
    .where('expires_at', '>', ctx.clock.now().toISOString())
    .executeTakeFirst()
  return row && { id: row.id, userId: row.user_id, accountId: row.account_id }
}

/** Uses a held sign-in up; false when somebody else just did. */
export async function takeHeld(ctx: Context, id: Id): Promise<boolean> {
  const gone = await ctx.db.deleteFrom('pending_sign_ins').where('id', '=', id).returning('id').executeTakeFirst()
  return gone !== undefined
}

/** From here on something else is owed; false when the sign-in ended meanwhile. */
export async function turnHeld(tx: Tx, id: Id, kind: HeldKind): Promise<boolean> {
  const row = await tx.db
    .updateTable('pending_sign_ins')
    .set({ kind })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What nobody finished in time goes; so do apps for codes that were never tried. */
export async function pruneEntering(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const yesterday = new Date(now.getTime() - 24 * 3_600_000).toISOString()
  await transact(ctx, async (tx) => {
    await tx.db.deleteFrom('pending_sign_ins').where('expires_at', '<', now.toISOString()).execute()
    await tx.db.deleteFrom('passkey_challenges').where('expires_at', '<', now.toISOString()).execute()
    await tx.db
      .deleteFrom('totp_secrets')
      .where('confirmed_at', 'is', null)
      .where('created_at', '<', yesterday)
      .execute()
  })
}
