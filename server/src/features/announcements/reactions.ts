import { isShortcode } from '@hamlet/contract/text'
import { sql } from 'kysely'
import { presentEmojisIn } from '#features/emojis'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { emit } from '#platform/events'
import { announcementReacted } from './events.ts'
import { lockPublished } from './store.ts'

type CustomEmoji = Awaited<ReturnType<typeof presentEmojisIn>>[number][number]

/** How many chose an emoji, and whether the reader is one of them. */
export type Counted = { announcement_id: Id; name: string; count: number; me: boolean; emoji: CustomEmoji | undefined }

/** mastodon-limits 1, announcement reactions. */
const MOST_DIFFERENT = 8
const UNICODE = /^\p{RGI_Emoji}$/v
const EMOJI_STYLE = '\uFE0F'

/** One emoji of everybody, in the form in which keyboards write it; undefined for any other text. */
function readUnicode(name: string): string | undefined {
  return [name, `${name}${EMOJI_STYLE}`].find((text) => UNICODE.test(text))
}

/** Chooses an emoji, of everybody or of this server. Chosen twice is chosen once. */
export async function react(ctx: Context, accountId: Id, announcementId: string, given: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const { id } = await lockPublished(tx, announcementId)
    const name = readUnicode(given) ?? given
    const [emoji] = await findCustom(tx, [name])
    if (!UNICODE.test(name) && !emoji) throw invalid('Validation failed: Name is not a recognized emoji')
    const shown = await listReactions(tx, [id], accountId)
    const isNew = !shown.some((one) => one.name === name)
    if (isNew && shown.length >= MOST_DIFFERENT)
      throw invalid('Validation failed: Base Limit of different reactions reached')
    const added = await tx.db
      .insertInto('announcement_reactions')
      .values({ announcement_id: id, account_id: accountId, name, created_at: tx.clock.now().toISOString() })
      .onConflict((conflict) => conflict.columns(['announcement_id', 'account_id', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (added) await emit(tx, announcementReacted, { announcementId: id, name })
  })
}

/** Takes one's choice back; what was not chosen need not be. */
export async function unreact(ctx: Context, accountId: Id, announcementId: string, given: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const { id } = await lockPublished(tx, announcementId)
    const name = readUnicode(given) ?? given
    const gone = await tx.db
      .deleteFrom('announcement_reactions')
      .where('announcement_id', '=', id)
      .where('account_id', '=', accountId)
      .where('name', '=', name)
      .returning('id')
      .executeTakeFirst()
    if (gone) await emit(tx, announcementReacted, { announcementId: id, name })
  })
}

/**
 * What was chosen under these announcements, in the order in which each emoji came. Custom emoji that are gone are left
 * out. One query, and one more where there are custom ones.
 */
export async function listReactions(ctx: Context, ids: readonly Id[], viewerId: Id | null): Promise<Counted[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Omit<Counted, 'emoji'>>`
    select announcement_id, name, count(*)::int as count, coalesce(bool_or(account_id = ${viewerId}::bigint), false) as me
    from announcement_reactions where announcement_id = any(${[...ids]}::bigint[])
    group by announcement_id, name order by min(id)`.execute(ctx.db)
  const emojis = await findCustom(
    ctx,
    rows.map((row) => row.name),
  )
  return rows
    .map((row, index) => ({ ...row, emoji: emojis[index] }))
    .filter((row) => row.emoji !== undefined || UNICODE.test(row.name))
}

/** One's place in the list is that of its name; nothing for emoji of everybody. */
async function findCustom(ctx: Context | Tx, names: readonly string[]): Promise<(CustomEmoji | undefined)[]> {
  const host = ctx.config.domain
  const found = await presentEmojisIn(
    ctx,
    names.map((name) => ({ host, texts: isShortcode(name) ? [`:${name}:`] : [] })),
  )
  return found.map(([emoji]) => emoji)
}
