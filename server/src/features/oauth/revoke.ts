import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { defineJob } from '#platform/jobs'
import { transact } from '#platform/context'
import { hashToken } from './authenticate.ts'
import { OAuthError } from './oauth-error.ts'

/** Open streams of the token are to be closed. */
export const tokenRevoked = defineEvent<{ tokenId: Id }>('oauth.token-revoked')

export async function revokeToken(tx: Tx, tokenId: Id): Promise<void> {
  const revoked_at = tx.clock.now().toISOString()
  const row = await tx.db
    .updateTable('oauth_tokens')
    .set({ revoked_at })
    .where('id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (row) await emit(tx, tokenRevoked, { tokenId })
}

/** Revokes a token for the app that it belongs to; an unknown one is as good as revoked (RFC 7009, 2.2). */
export async function revokeByApplication(tx: Tx, applicationId: Id, token: string): Promise<void> {
  const row = await tx.db
    .selectFrom('oauth_tokens')
    .select(['id', 'application_id'])
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst()
  if (!row) return
  if (row.application_id !== applicationId) throw new OAuthError('unauthorized_client')
  await revokeToken(tx, row.id)
}

/** A new password shuts out whoever came in with the old one. */
export const revokeTokensOf = defineJob<{ userId: Id }>({
  name: 'oauth.revoke-tokens-of',
  run: (ctx, { userId }) =>
    transact(ctx, async (tx) => {
      const rows = await tx.db
        .selectFrom('oauth_tokens')
        .select('id')
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null)
        .execute()
      for (const row of rows) await revokeToken(tx, row.id)
    }),
})
