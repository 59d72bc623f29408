import { createHash } from 'node:crypto'
import { requireAble } from '#features/users'
import type { Context } from '#platform/context'
import type { Viewer } from '#platform/http'

/** Only hashes of tokens are kept: a stolen database opens no account. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * Who is behind a bearer token; undefined when it is unknown or revoked. A person who may not act now is refused
 * with 403 in the words that apps know, unless the route takes people who wait (mastodon-api 1.0, 403). One query.
 */
export async function authenticate(ctx: Context, token: string, mayWait = false): Promise<Viewer | undefined> {
  const row = await ctx.db
    .selectFrom('oauth_tokens')
    .leftJoin('users', 'users.id', 'oauth_tokens.user_id')
    .leftJoin('accounts', 'accounts.id', 'oauth_tokens.account_id')
    .select([
      'oauth_tokens.id',
      'oauth_tokens.application_id',
      'oauth_tokens.scopes',
      'oauth_tokens.user_id',
      'oauth_tokens.account_id',
      'users.confirmed_at',
      'users.approved_at',
      'users.disabled_at',
      'accounts.suspended_at',
      'accounts.moved_to_account_id',
    ])
    .where('oauth_tokens.token_hash', '=', hashToken(token))
    .where('oauth_tokens.revoked_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  if (row.user_id !== null) requireAble(row, { mayWait })
  return {
    tokenId: row.id,
    applicationId: row.application_id,
    sessionId: null,
    scopes: row.scopes,
    userId: row.user_id,
    accountId: row.account_id,
  }
}
