import type { Id } from '#lib/id'
import { isoTime } from '#platform/db'
import type { Context, Tx } from '#platform/context'
import { listFilters } from './store.ts'

/** Keywords and single posts go with their filters. */
export async function eraseFilters(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('filters').where('account_id', '=', accountId).execute()
  await tx.db.deleteFrom('filter_versions').where('account_id', '=', accountId).execute()
}

/** In the form in which Mastodon exports and imports filters (mastodon-features, custom_filters.json). */
export async function takeOutFilters(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const filters = await listFilters(ctx, accountId)
  return {
    custom_filters: filters.map((filter) => ({
      title: filter.title,
      expires_at: filter.expires_at === null ? null : isoTime(filter.expires_at),
      context: filter.contexts,
      action: filter.action,
      keywords_attributes: filter.keywords.map(({ keyword, whole_word }) => ({ keyword, whole_word })),
      statuses: filter.statuses.map((post) => post.status_id),
    })),
  }
}
