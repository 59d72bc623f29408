import { createHash } from 'node:crypto'
import { requireAble, requireFactor } from '#features/users'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { Leniency, Viewer } from '#platform/http'

/** Only hashes of tokens are kept: a stolen database opens no account. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

const USED_EVERY_MS = 3_600_000

/** When an app was last here, to the hour: enough to know which of them are still used, and one write an hour. */
async function noteUse(ctx: Context, token: { id: Id; last_used_at: string | null }): Promise<void> {
  const now = ctx.clock.now()
  if (token.last_used_at !== null && now.getTime() - Date.parse(token.last_used_at) <= USED_EVERY_MS) return
  const used = { last_used_at: now.toISOString() }
  await ctx.db.updateTable('oauth_tokens').set(used).where('id', '=', token.id).execute()
}

/**
 * Who is behind a bearer token; undefined when it is unknown or revoked. A person who may not act now is refused
 * with 403 in the words that apps know, unless the route takes people who wait, or who are shut out (mastodon-api 1.0, 403). One query.
 */
export async function authenticate(ctx: Context, token: string, leniency: Leniency = {}): Promise<Viewer | undefined> {
  const row = await ctx.db
    .selectFrom('oauth_tokens')
    .leftJoin('users', 'users.id', 'oauth_tokens.user_id')
    .leftJoin('roles', 'roles.id', 'users.role_id')
    .leftJoin('accounts', 'accounts.id', 'oauth_tokens.account_id')
    .select([
      'oauth_tokens.id',
      'oauth_tokens.application_id',
      'oauth_tokens.scopes',
      'oauth_tokens.user_id',
      'oauth_tokens.account_id',
      'oauth_tokens.last_used_at',
      'users.confirmed_at',
      'users.approved_at',
      'users.disabled_at',
      'users.leaving_at',
      'users.second_factor_at',
      'roles.require_2fa',
      'accounts.suspended_at',
      'accounts.memorial',
      'accounts.moved_to_account_id',
    ])
    .where('oauth_tokens.token_hash', '=', hashToken(token))
    .where('oauth_tokens.revoked_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  if (row.user_id !== null) {
    // Whoever moved away keeps order on our own pages, by their session.
    const { memorial, ...rest } = row
    requireAble({ ...rest, memorial: memorial === true }, { ...leniency, mayHaveMoved: false })
    requireFactor(row)
  }
  await noteUse(ctx, row)
  return {
    tokenId: row.id,
    applicationId: row.application_id,
    sessionId: null,
    scopes: row.scopes,
    userId: row.user_id,
    accountId: row.account_id,
  }
}
