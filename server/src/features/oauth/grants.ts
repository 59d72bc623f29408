import { createHash, timingSafeEqual } from 'node:crypto'
import { hashSecret, makeSecret } from '#features/users'
import { makeId, type Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { createToken } from './create-token.ts'
import { OAuthError } from './oauth-error.ts'
import { revokeToken } from './revoke.ts'

export type NewGrant = {
  applicationId: Id
  userId: Id
  accountId: Id
  redirectUri: string
  scopes: readonly string[]
  codeChallenge?: string | undefined
}

/** Out-of-band codes are typed by hand, so a code lives ten minutes (reliability OA-05). */
const LIVES_MS = 10 * 60_000
const KEPT_MS = 24 * 3_600_000
/** RFC 7636, 4.1. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/

/** Writes down that a person let an app in; gives the code that the app changes into a token. */
export async function createGrant(tx: Tx, grant: NewGrant): Promise<string> {
  const code = makeSecret()
  const now = tx.clock.now().getTime()
  await tx.db
    .insertInto('oauth_grants')
    .values({
      id: makeId(now),
      code_hash: hashSecret(code),
      application_id: grant.applicationId,
      user_id: grant.userId,
      account_id: grant.accountId,
      redirect_uri: grant.redirectUri,
      scopes: [...grant.scopes],
      code_challenge: grant.codeChallenge ?? null,
      created_at: new Date(now).toISOString(),
      expires_at: new Date(now + LIVES_MS).toISOString(),
    })
    .execute()
  return code
}

export type Redemption = { applicationId: Id; code: string; redirectUri: string; verifier: string | undefined }
export type IssuedToken = { access_token: string; scope: string; created_at: number }

/**
 * Changes a code into a token, once. A code that comes a second time is in two hands, so the token of the first time
 * ends as well (RFC 6749, 4.1.2); whatever is wrong with the second half uses the code up. Gives the error instead of
 * throwing it, since what was used up must stay so.
 */
export async function redeemGrant(tx: Tx, input: Redemption): Promise<IssuedToken | OAuthError> {
  const grant = await tx.db
    .selectFrom('oauth_grants')
    .selectAll()
    .where('code_hash', '=', hashSecret(input.code))
    .forUpdate()
    .executeTakeFirst()
  if (!grant) return new OAuthError('invalid_grant')
  if (grant.used_at) {
    if (grant.token_id) await revokeToken(tx, grant.token_id)
    return new OAuthError('invalid_grant')
  }
  // The code of another app stays with that app.
  if (grant.application_id !== input.applicationId) return new OAuthError('invalid_grant')
  const now = tx.clock.now()
  const used = { used_at: now.toISOString() }
  await tx.db.updateTable('oauth_grants').set(used).where('id', '=', grant.id).execute()
  const isOver = Date.parse(grant.expires_at) < now.getTime()
  if (isOver || grant.redirect_uri !== input.redirectUri) return new OAuthError('invalid_grant')
  const fault = checkVerifier(grant.code_challenge, input.verifier)
  if (fault) return fault
  const token = await createToken(tx, {
    applicationId: grant.application_id,
    userId: grant.user_id,
    accountId: grant.account_id,
    scopes: grant.scopes.join(' '),
  })
  await tx.db.updateTable('oauth_grants').set({ token_id: token.id }).where('id', '=', grant.id).execute()
  return token
}

function checkVerifier(challenge: string | null, verifier: string | undefined): OAuthError | undefined {
  if (verifier !== undefined && !VERIFIER.test(verifier)) return new OAuthError('invalid_request')
  if (challenge === null) return verifier === undefined ? undefined : new OAuthError('invalid_grant')
  const given = createHash('sha256')
    .update(verifier ?? '')
    .digest()
  const expected = Buffer.from(challenge, 'base64url')
  const fits = verifier !== undefined && expected.length === given.length && timingSafeEqual(expected, given)
  return fits ? undefined : new OAuthError('invalid_grant')
}

export async function pruneGrants(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
  await ctx.db.deleteFrom('oauth_grants').where('expires_at', '<', before).execute()
}
