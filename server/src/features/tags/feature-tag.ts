import { lockAccounts } from '#features/accounts'
import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { insertTags, type WrittenTag } from './note-tags.ts'

/** mastodon-limits 2. */
const MOST_FEATURED = 10

/** The hashtags on somebody's profile have changed. */
export const featuredTagsChanged = defineEvent<{ accountId: Id; name: string; isFeatured: boolean }>(
  'tags.featured-changed',
)

/** Shows a hashtag on somebody's profile; gives whether it was not there before. Refuses (422) an eleventh. */
export async function featureTag(tx: Tx, accountId: Id, tag: WrittenTag): Promise<boolean> {
  await insertTags(tx, [tag])
  await lockAccounts(tx, [accountId])
  const names = (await listFeatured(tx, accountId)).map((row) => row.name)
  if (names.includes(tag.name)) return false
  if (names.length >= MOST_FEATURED)
    throw invalid('Validation failed: You have already featured the maximum number of hashtags')
  await tx.db
    .insertInto('featured_tags')
    .values({ account_id: accountId, name: tag.name, created_at: tx.clock.now().toISOString() })
    .execute()
  await emit(tx, featuredTagsChanged, { accountId, name: tag.name, isFeatured: true })
  return true
}

/** Takes a hashtag off somebody's profile; gives whether it was there. */
export async function unfeatureTag(tx: Tx, accountId: Id, { name }: Pick<WrittenTag, 'name'>): Promise<boolean> {
  const gone = await tx.db
    .deleteFrom('featured_tags')
    .where('account_id', '=', accountId)
    .where('name', '=', name)
    .returning('id')
    .executeTakeFirst()
  if (gone) await emit(tx, featuredTagsChanged, { accountId, name, isFeatured: false })
  return gone !== undefined
}

/** The same by the row's id; 404 for what is not one's own. */
export async function unfeatureTagById(tx: Tx, accountId: Id, id: Id): Promise<void> {
  const row = (await listFeatured(tx, accountId)).find((one) => one.id === id)
  if (!row || !(await unfeatureTag(tx, accountId, row))) throw notFound()
}

export type FeaturedRow = { id: Id; name: string; display_name: string }

/** The hashtags on a profile, as they were put there. One query. */
export function listFeatured(ctx: Context, accountId: Id): Promise<FeaturedRow[]> {
  return ctx.db
    .selectFrom('featured_tags')
    .innerJoin('tags', 'tags.name', 'featured_tags.name')
    .select(['featured_tags.id', 'featured_tags.name', 'tags.display_name'])
    .where('account_id', '=', accountId)
    .orderBy('featured_tags.id')
    .execute()
}
