import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import type { Claims } from '#platform/openid'
import { signUp } from '../sign-up.ts'
import { makeSecret } from '../sessions.ts'
import { findUserByEmail } from '../store.ts'

/** Whom the other service means; undefined for somebody who is new here. */
export async function findIdentity(ctx: Context, { issuer, subject }: Claims): Promise<Id | undefined> {
  const row = await ctx.db
    .selectFrom('openid_identities')
    .select('user_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.user_id
}

/** From now on the other service opens this person's account. Refused when it opens another's. */
export async function linkIdentity(tx: Tx, userId: Id, { issuer, subject }: Claims): Promise<void> {
  await tx.db
    .insertInto('openid_identities')
    .values({ issuer, subject, user_id: userId, created_at: tx.clock.now().toISOString() })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
    .execute()
  if ((await findIdentityOwner(tx, { issuer, subject })) !== userId)
    throw invalid('This service opens another account here already.')
}

async function findIdentityOwner(tx: Tx, { issuer, subject }: Pick<Claims, 'issuer' | 'subject'>) {
  return findIdentity(tx, { issuer, subject, email: '', isVerified: false, username: '' })
}

/**
 * Whose address it is, where the service says that it made sure, and the operator trusts it to: whoever runs the service
 * could open every account of that address.
 */
export async function findByAddress(ctx: Context, { email, isVerified }: Claims): Promise<Id | undefined> {
  if (!ctx.config.oidcLink || !isVerified || email === '') return undefined
  const person = await findUserByEmail(ctx, email)
  return person?.confirmed_at ? person.id : undefined
}

export type Joining = { username: string; email: string; reason: string; agreement: boolean; ip: string }

/**
 * Makes a person who comes by the other service, through every gate of sign-up. An address that the service made sure of
 * is confirmed. Gives undefined when the address is known here: its owner got a mail.
 */
export async function joinByOpenId(ctx: Context, claims: Claims, joining: Joining): Promise<Id | undefined> {
  if (await findIdentity(ctx, claims)) throw invalid('This service opens another account here already.')
  const isTheirs = claims.isVerified && claims.email.toLowerCase() === joining.email.trim().toLowerCase()
  const made = await signUp(ctx, { ...joining, password: makeSecret(), isVouched: true })
  if (!made) return undefined
  await transact(ctx, async (tx) => {
    await linkIdentity(tx, made.userId, claims)
    const seen = isTheirs ? { confirmed_at: tx.clock.now().toISOString() } : {}
    await tx.db
      .updateTable('users')
      .set({ password_hash: null, ...seen })
      .where('id', '=', made.userId)
      .execute()
  })
  return made.userId
}
