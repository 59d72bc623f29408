import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { readHost } from '#lib/host'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { prepared } from '#platform/db'

const columns = [
  'accounts.id',
  'accounts.username',
  'accounts.display_name',
  'accounts.note',
  'accounts.uri',
  'accounts.url',
  'accounts.followers_url',
  'accounts.locked',
  'accounts.bot',
  'accounts.actor_type',
  'accounts.discoverable',
  'accounts.indexable',
  'accounts.hide_collections',
  'accounts.show_media',
  'accounts.show_media_replies',
  'accounts.show_featured',
  'accounts.featured_url',
  'accounts.avatar_key',
  'accounts.header_key',
  'accounts.avatar_description',
  'accounts.header_description',
  'accounts.avatar_remote_url',
  'accounts.header_remote_url',
  'accounts.fields',
  'accounts.attribution_domains',
  'accounts.created_at',
  'accounts.suspended_at',
  'accounts.limited_at',
  'accounts.sensitized_at',
  'accounts.memorial',
  'accounts.followers_count',
  'accounts.following_count',
  'accounts.statuses_count',
  'accounts.last_status_at',
  'accounts.version',
  'accounts.fetched_at',
  'accounts.is_demo',
  'domains.host',
  'domains.is_local',
] as const

function selectAccounts({ db }: Pick<Context, 'db'>) {
  return db.selectFrom('accounts').innerJoin('domains', 'domains.id', 'accounts.domain_id').select(columns)
}

export type AccountRow = NonNullable<Awaited<ReturnType<typeof findAccount>>>

const byId = prepared((db, { id }: Record<'id', Id>) => selectAccounts({ db }).where('accounts.id', '=', id))
const byUri = prepared((db, { uri }: Record<'uri', string>) => selectAccounts({ db }).where('accounts.uri', '=', uri))

export async function findAccount(ctx: Context, id: Id) {
  return (await byId(ctx.db, { id }))[0]
}

/** Refuses (404) what is nobody's id. */
export async function requireAccount(ctx: Context, id: string): Promise<AccountRow> {
  const row = isId(id) ? await findAccount(ctx, id) : undefined
  if (!row) throw notFound()
  return row
}

/** Rows by id, in one query; ids of nobody are left out. */
export async function findAccountsById(ctx: Context, ids: readonly Id[]): Promise<Map<Id, AccountRow>> {
  if (ids.length === 0) return new Map()
  const rows = await selectAccounts(ctx)
    .where('accounts.id', '=', sql<string>`any(${[...new Set(ids)]}::bigint[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export async function findLocalAccount(ctx: Context, username: string): Promise<AccountRow | undefined> {
  return selectAccounts(ctx)
    .where('domains.is_local', '=', true)
    .where(sql`lower(accounts.username)`, '=', username.toLowerCase())
    .executeTakeFirst()
}

export async function findAccountByUri(ctx: Context, uri: string): Promise<AccountRow | undefined> {
  return (await byUri(ctx.db, { uri }))[0]
}

/** Where to reach these people: each shared inbox once, and nobody who lives here. */
export async function listInboxes(ctx: Context, accountIds: readonly Id[]): Promise<string[]> {
  if (accountIds.length === 0) return []
  const rows = await selectInboxes(ctx)
    .where('accounts.id', '=', sql<string>`any(${[...new Set(accountIds)]}::bigint[])`)
    .execute()
  return [...new Set(rows.map((row) => row.shared_inbox_url ?? row.inbox_url))]
}

/** The inbox of one person alone, for what concerns nobody else (federation.md c.9). */
export async function findInbox(ctx: Context, accountId: Id): Promise<string | undefined> {
  return (await selectInboxes(ctx).where('accounts.id', '=', accountId).executeTakeFirst())?.inbox_url
}

/** As `findInbox`, also of who is suspended here: their server is told what ended with it, and nothing else. */
export async function findInboxForEnding(ctx: Context, accountId: Id): Promise<string | undefined> {
  return (await selectAllInboxes(ctx).where('accounts.id', '=', accountId).executeTakeFirst())?.inbox_url
}

function selectInboxes(ctx: Context) {
  return selectAllInboxes(ctx).where('accounts.suspended_at', 'is', null)
}

function selectAllInboxes(ctx: Context) {
  return ctx.db
    .selectFrom('accounts')
    .innerJoin('domains', 'domains.id', 'accounts.domain_id')
    .select(['accounts.inbox_url', 'accounts.shared_inbox_url'])
    .where('domains.is_local', '=', false)
}

/** Looks a handle up in the database only: `ines`, `@ines`, `ines@example.org`; our own domain may be written out. */
export async function findAccountByAcct(ctx: Context, acct: string): Promise<AccountRow | undefined> {
  const [name = '', domain] = acct.trim().replace(/^@/, '').split('@')
  if (domain === undefined) return findLocalAccount(ctx, name)
  const host = readHost(domain)
  if (!host) return undefined
  return selectAccounts(ctx)
    .where('domains.host', '=', host)
    .where(sql`lower(accounts.username)`, '=', name.toLowerCase())
    .executeTakeFirst()
}
