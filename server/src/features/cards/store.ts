import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** How long what a page says is taken as what it still says (mastodon-limits 3, link card refresh). */
export const FRESH_MS = 14 * 24 * 3_600_000
/** A job ends its order, whatever came of it; one that was given up, since the fault was ours, does not. */
const ORDER_LOST_MS = 10 * 60_000

export type WantedCard = NonNullable<Awaited<ReturnType<typeof findCard>>>

/** A link as the job that fetches it needs it. */
export async function findCard(ctx: Context, id: Id) {
  return ctx.db
    .selectFrom('link_cards')
    .select(['id', 'link', 'host', 'image_url', 'ordered_at', 'failures'])
    .where('id', '=', id)
    .executeTakeFirst()
}

const shown = [
  'link_cards.id',
  'link_cards.url',
  'link_cards.host',
  'link_cards.type',
  'link_cards.title',
  'link_cards.description',
  'link_cards.language',
  'link_cards.author_name',
  'link_cards.author_url',
  'link_cards.author_account_id',
  'link_cards.provider_name',
  'link_cards.provider_url',
  'link_cards.embed_url',
  'link_cards.width',
  'link_cards.height',
  'link_cards.image_url',
  'link_cards.image_description',
  'link_cards.blurhash',
  'link_cards.published_at',
  'author.attribution_domains',
] as const

/** The previews of posts that have one to show, by post. One query, however many posts. */
export async function findCardsOf(ctx: Context, statusIds: readonly Id[]): Promise<Map<Id, CardRow>> {
  const rows = await selectCards(ctx, statusIds)
  return new Map(rows.map((row) => [row.status_id, row]))
}

export type CardRow = Awaited<ReturnType<typeof selectCards>>[number]

function selectCards({ db }: Context, statusIds: readonly Id[]) {
  return db
    .selectFrom('status_cards')
    .innerJoin('link_cards', 'link_cards.id', 'status_cards.card_id')
    .leftJoin('accounts as author', (join) =>
      join.onRef('author.id', '=', 'link_cards.author_account_id').on('author.suspended_at', 'is', null),
    )
    .select('status_cards.status_id')
    .select(shown)
    .where('status_cards.status_id', '=', sql<string>`any(${[...statusIds]}::bigint[])`)
    .where('link_cards.title', '<>', '')
    .execute()
}

/** The row of a link, made when it is met for the first time; gives its id. */
export async function ensureCard(tx: Tx, id: Id, link: string): Promise<Id> {
  const used_at = tx.clock.now().toISOString()
  const { host } = new URL(link)
  const row = await tx.db
    .insertInto('link_cards')
    .values({ id, link, url: link, host, used_at })
    .onConflict((conflict) => conflict.column('link').doUpdateSet({ used_at }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** True for the one that is to have the page fetched now: nobody else does, it is not fresh, and it does not rest. */
export async function claimOrder(tx: Tx, id: Id): Promise<boolean> {
  const now = tx.clock.now().getTime()
  const [at, stale, lost] = [now, now - FRESH_MS, now - ORDER_LOST_MS].map((time) => new Date(time).toISOString())
  const claimed = await sql`
    update link_cards set ordered_at = ${at} where id = ${id}
      and (fetched_at is null or fetched_at < ${stale}::timestamptz)
      and (retry_at is null or retry_at <= ${at}::timestamptz)
      and (ordered_at is null or ordered_at < ${lost}::timestamptz)
    returning id`.execute(tx.db)
  return claimed.rows.length > 0
}

/** After a failure that may be the server's and not the page's, nothing is asked of it for so long. */
export const HOST_PAUSE_MS = 2 * 60_000

/** True when the last thing that a server was asked for did not come because the server itself gave no answer. */
export async function isHostDown(ctx: Context, host: string): Promise<boolean> {
  const since = new Date(ctx.clock.now().getTime() - HOST_PAUSE_MS).toISOString()
  const last = await ctx.db
    .selectFrom('link_cards')
    .select('problem')
    .where('host', '=', host)
    .where('tried_at', '>', since)
    .orderBy('tried_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.problem === 'network' || last?.problem === 'timeout'
}
