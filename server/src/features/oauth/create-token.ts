import { randomBytes } from 'node:crypto'
import { readScopes } from '@hamlet/contract/scopes'
import { makeId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { hashToken } from './authenticate.ts'

export type NewToken = { applicationId: Id; scopes: string; userId: Id | null; accountId: Id | null }

/** Makes a token and gives it once: afterwards only its hash exists. */
export async function createToken(
  tx: Tx,
  input: NewToken,
): Promise<{ id: Id; access_token: string; scope: string; created_at: number }> {
  const scopes = readScopes(input.scopes)
  if (!scopes) throw invalid(`"${input.scopes}" names a scope that does not exist. Try "read write follow push".`)
  const token = randomBytes(32).toString('base64url')
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  await tx.db
    .insertInto('oauth_tokens')
    .values({
      id,
      token_hash: hashToken(token),
      application_id: input.applicationId,
      user_id: input.userId,
      account_id: input.accountId,
      scopes,
      created_at: now.toISOString(),
      last_used_at: now.toISOString(),
    })
    .execute()
  return { id, access_token: token, scope: scopes.join(' '), created_at: Math.floor(now.getTime() / 1000) }
}
