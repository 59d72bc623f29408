import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { hasScope, readScopes } from '@hamlet/contract/scopes'
import { sql } from 'kysely'
import { makeId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Context } from '#platform/context'
import { OAuthError } from './oauth-error.ts'

export type NewApplication = { name: string; redirectUris: string[]; scopes: string; website?: string }
export type ApplicationRow = Awaited<ReturnType<typeof createApplication>>

const LONGEST_NAME = 60
const LONGEST_ADDRESS = 2000

/** Registers an app (mastodon-api 1.1): scopes that do not exist and addresses that are none are refused. */
export async function createApplication(ctx: Context, input: NewApplication) {
  const scopes = readScopes(input.scopes)
  if (!scopes) throw invalid("Validation failed: Scopes doesn't match configured on the server.")
  const name = input.name.replaceAll(UNSEEN, '').trim()
  if (name === '' || input.name.length > LONGEST_NAME)
    throw invalid("Validation failed: Application name can't be blank or longer than 60 characters")
  const uris = input.redirectUris.map((uri) => uri.trim()).filter((uri) => uri !== '')
  const isTooLong = uris.join('\n').length > LONGEST_ADDRESS
  if (uris.length === 0 || isTooLong || uris.some((uri) => !isRedirect(uri)))
    throw invalid('Validation failed: Redirect URI must be an absolute URI.')
  if (input.website && !/^https?:\/\//.test(input.website))
    throw invalid('Validation failed: Website must be a valid URL')
  const row = {
    id: makeId(ctx.clock.now().getTime()),
    client_id: randomBytes(32).toString('base64url'),
    client_secret: randomBytes(32).toString('base64url'),
    name,
    website: input.website || null,
    redirect_uris: uris,
    scopes,
    created_at: ctx.clock.now().toISOString(),
  }
  await ctx.db.insertInto('oauth_applications').values(row).execute()
  return row
}

export async function findApplication(ctx: Context, id: Id) {
  return ctx.db
    .selectFrom('oauth_applications')
    .select(['id', 'name', 'website', 'redirect_uris', 'scopes'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function findApplicationByClientId(ctx: Context, clientId: string) {
  return ctx.db
    .selectFrom('oauth_applications')
    .select(['id', 'name', 'website', 'redirect_uris', 'scopes', 'client_secret'])
    .where('client_id', '=', clientId)
    .executeTakeFirst()
}

export function secretFits(application: { client_secret: string }, given: string): boolean {
  const [expected, found] = [application.client_secret, given].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(expected as Buffer, found as Buffer)
}

/** The scopes that an app asks for, which must lie within those it registered. */
export function requireScopesOf(application: { scopes: readonly string[] }, asked: string): string[] {
  const wanted = readScopes(asked)
  if (!wanted?.every((scope) => hasScope(application.scopes, scope))) throw new OAuthError('invalid_scope')
  return wanted
}

/** Names and sites of apps, for the presenter of statuses. One query. */
export async function findApplicationNames(
  ctx: Context,
  ids: readonly Id[],
): Promise<Map<Id, { name: string; website: string | null }>> {
  if (ids.length === 0) return new Map()
  const wanted = sql<string>`any(${[...new Set(ids)]}::bigint[])`
  const rows = await ctx.db
    .selectFrom('oauth_applications')
    .select(['id', 'name', 'website'])
    .where('id', '=', wanted)
    .execute()
  return new Map(rows.map((row) => [row.id, { name: row.name, website: row.website }]))
}

const UNUSED_MS = 7 * 24 * 3_600_000

/** Whoever registers without end leaves nothing behind: an app that had no token within a week is of nobody. */
export async function pruneApplications(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - UNUSED_MS).toISOString()
  await sql`delete from oauth_applications a where a.created_at < ${before}::timestamptz
    and not exists (select 1 from oauth_tokens t where t.application_id = a.id)
    and not exists (select 1 from oauth_grants g where g.application_id = a.id)
    and not exists (select 1 from users u where u.sign_up_application_id = a.id)`.execute(ctx.db)
}

/** Characters that turn the words beside them around, or are seen by nobody: a name could say another one with them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Apps use schemes of their own, such as `x:/y` and `app://`; scripts are no place to be sent to. */
function isRedirect(uri: string): boolean {
  if (uri === 'urn:ietf:wg:oauth:2.0:oob') return true
  return /^[a-z][a-z0-9+.-]*:\S*$/i.test(uri) && !/^(javascript|data|vbscript|blob|file|about):/i.test(uri)
}
