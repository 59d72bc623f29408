import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { pageBounds, type PageRequest } from '#platform/db'
import { visibleTo, welcomeTo } from '#features/visibility'

/** What the quoted author said of a quote; what a viewer reads of it is decided when it is shown. */
export type StoredState = 'pending' | 'accepted' | 'rejected' | 'revoked' | 'deleted'

export type QuoteRow = {
  id: Id
  status_id: Id
  account_id: Id
  quoted_status_id: Id | null
  quoted_account_id: Id | null
  quoted_uri: string | null
  state: StoredState
  is_unproven: boolean
  authorization_uri: string | null
  request_uri: string | null
}

const columns = [
  'id',
  'status_id',
  'account_id',
  'quoted_status_id',
  'quoted_account_id',
  'quoted_uri',
  'state',
  'is_unproven',
  'authorization_uri',
  'request_uri',
] as const

async function findBy(
  ctx: Context,
  column: 'id' | 'status_id' | 'request_uri' | 'authorization_uri',
  value: string,
): Promise<QuoteRow[]> {
  const rows = await ctx.db.selectFrom('quotes').select(columns).where(column, '=', value).orderBy('id').execute()
  return rows as QuoteRow[]
}

export async function findQuote(ctx: Context, id: Id): Promise<QuoteRow | undefined> {
  return (await findBy(ctx, 'id', id))[0]
}

/** What a post quotes. */
export async function findQuoteOf(ctx: Context, statusId: Id): Promise<QuoteRow | undefined> {
  return (await findBy(ctx, 'status_id', statusId))[0]
}

/** Who asked for it: request addresses of ours are one quote's alone. */
export async function findQuoteByRequest(ctx: Context, uri: string): Promise<QuoteRow | undefined> {
  return (await findBy(ctx, 'request_uri', uri))[0]
}

/** Quotes that show a stamp; several only when somebody shows one that is not theirs. */
export async function listQuotesByAuthorization(ctx: Context, uri: string): Promise<QuoteRow[]> {
  return findBy(ctx, 'authorization_uri', uri)
}

/** A quote with the addresses of what it quotes, as far as that is still here. */
export type QuoteWithTarget = QuoteRow & { target_uri: string | null; target_url: string | null }

/** The quotes in these posts, by the post. One query. */
export async function findQuotesOf(ctx: Context, statusIds: readonly Id[]): Promise<Map<Id, QuoteWithTarget>> {
  if (statusIds.length === 0) return new Map()
  const found = await sql<QuoteWithTarget>`
    select q.id, q.status_id, q.account_id, q.quoted_status_id, q.quoted_account_id, q.quoted_uri, q.state, q.is_unproven,
      q.authorization_uri, q.request_uri, t.uri as target_uri, t.url as target_url
    from quotes q left join statuses t on t.id = q.quoted_status_id
    where q.status_id = any(${[...statusIds]}::bigint[])`.execute(ctx.db)
  return new Map(found.rows.map((row) => [row.status_id, row]))
}

/**
 * Posts that quote one with its author's leave and that the viewer may see, newest first; cursors are the quotes' own
 * ids. People whom the viewer keeps away are left out, unless the quoted post is the viewer's own: authors see who
 * quotes them.
 */
export async function listQuoting(
  ctx: Context,
  viewerId: Id,
  quoted: { id: Id; account_id: Id },
  page: PageRequest,
): Promise<{ rowIds: Id[]; ids: Id[] }> {
  const isOwn = quoted.account_id === viewerId
  const found = await sql<{ id: Id; status_id: Id }>`
    select q.id, q.status_id from quotes q join statuses s on s.id = q.status_id
    where q.quoted_status_id = ${quoted.id} and q.state = 'accepted' and ${visibleTo(viewerId)}
      and (${isOwn} or ${welcomeTo(ctx, viewerId)}) and ${pageBounds(sql`q.id`, page)}
    order by q.id desc limit ${page.limit}`.execute(ctx.db)
  return { rowIds: found.rows.map((row) => row.id), ids: found.rows.map((row) => row.status_id) }
}

/**
 * Takes posts in one order, before any row about them. Whoever changes a quote holds the quoted post first, so that the
 * count stays right and two acts never wait for each other in a circle.
 */
export async function holdStatuses(tx: Tx, ids: readonly (Id | null)[]): Promise<void> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return
  await sql`select id from statuses where id = any(${wanted}::bigint[]) order by id for update`.execute(tx.db)
}

/** `by` more people quote a post with leave. The caller holds it. */
export async function countQuotes(tx: Tx, statusId: Id, by: number): Promise<void> {
  await sql`update statuses set quotes_count = greatest(0, quotes_count + ${by}::int) where id = ${statusId}`.execute(
    tx.db,
  )
}
