import type { Id } from '#lib/id'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { requireFilter } from '../store.ts'
import { changeFilters } from './change.ts'
import { deleteKeywordOf, insertKeywords, updateKeywordOf } from './keywords.ts'
import { readFilter, readNewFilter, type FilterInput, type KeywordInput } from './read-filter.ts'

/** One of `keywords_attributes`: with an id it changes a keyword or takes it away, without one it is a new keyword. */
export type KeywordChange = KeywordInput & { id?: string | undefined; isDestroyed?: boolean | undefined }

/** Makes a filter with its keywords; gives its id. */
export function createFilter(
  tx: Tx,
  accountId: Id,
  input: FilterInput,
  keywords: readonly KeywordChange[] = [],
): Promise<Id> {
  return changeFilters(tx, accountId, async () => {
    const now = tx.clock.now()
    const row = { account_id: accountId, created_at: now.toISOString(), ...readNewFilter(input, now) }
    const made = await tx.db.insertInto('filters').values(row).returning('id').executeTakeFirstOrThrow()
    await changeKeywords(tx, made.id, keywords)
    return made.id
  })
}

/** Changes what is said of a filter, and its keywords. */
export function updateFilter(
  tx: Tx,
  accountId: Id,
  id: string,
  { keywords, ...input }: FilterInput & { keywords: readonly KeywordChange[] },
): Promise<void> {
  return changeFilters(tx, accountId, async () => {
    const filter = await requireFilter(tx, accountId, id)
    const change = readFilter(input, tx.clock.now())
    if (Object.keys(change).length > 0)
      await tx.db.updateTable('filters').set(change).where('id', '=', filter.id).execute()
    await changeKeywords(tx, filter.id, keywords)
  })
}

async function changeKeywords(tx: Tx, filterId: Id, keywords: readonly KeywordChange[]): Promise<void> {
  const added = keywords.filter((one) => one.id === undefined && !one.isDestroyed)
  for (const one of keywords) {
    if (one.id === undefined) continue
    if (!isId(one.id)) throw notFound()
    if (one.isDestroyed) await deleteKeywordOf(tx, filterId, one.id)
    else await updateKeywordOf(tx, filterId, one.id, one)
  }
  await insertKeywords(tx, filterId, added)
}

/** Ends a filter with all that is in it. */
export function deleteFilter(tx: Tx, accountId: Id, id: string): Promise<void> {
  return changeFilters(tx, accountId, async () => {
    const filter = await requireFilter(tx, accountId, id)
    await tx.db.deleteFrom('filters').where('id', '=', filter.id).execute()
  })
}
