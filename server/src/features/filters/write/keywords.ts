import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { requireFilter, requireKeyword } from '../store.ts'
import { changeFilters } from './change.ts'
import { readKeyword, type KeywordInput } from './read-filter.ts'

/** Whole words are meant unless something else is said (mastodon-api 1.10). */
export async function insertKeywords(tx: Tx, filterId: Id, keywords: readonly KeywordInput[]): Promise<Id[]> {
  if (keywords.length === 0) return []
  const texts = keywords.map((one) => readKeyword(one.keyword ?? ''))
  const whole = keywords.map((one) => one.wholeWord ?? true)
  const made = await sql<{ id: Id }>`
    insert into filter_keywords (filter_id, keyword, whole_word)
    select ${filterId}::bigint, word, whole from unnest(${texts}::text[], ${whole}::boolean[]) with ordinality as given (word, whole, place)
    order by place returning id`.execute(tx.db)
  return made.rows.map((row) => row.id)
}

/** Changes what is said of a keyword of this filter; one of another filter is not found. */
export async function updateKeywordOf(tx: Tx, filterId: Id, id: Id, input: KeywordInput): Promise<void> {
  const change = {
    ...(input.keyword === undefined ? {} : { keyword: readKeyword(input.keyword) }),
    ...(input.wholeWord === undefined ? {} : { whole_word: input.wholeWord }),
  }
  if (Object.keys(change).length === 0) return
  const changed = await tx.db
    .updateTable('filter_keywords')
    .set(change)
    .where('id', '=', id)
    .where('filter_id', '=', filterId)
    .returning('id')
    .executeTakeFirst()
  if (!changed) throw notFound()
}

export async function deleteKeywordOf(tx: Tx, filterId: Id, id: Id): Promise<void> {
  const gone = await tx.db
    .deleteFrom('filter_keywords')
    .where('id', '=', id)
    .where('filter_id', '=', filterId)
    .returning('id')
    .executeTakeFirst()
  if (!gone) throw notFound()
}

/** Adds a keyword to a filter; gives its id. */
export function addKeyword(tx: Tx, accountId: Id, filterId: string, input: KeywordInput): Promise<Id> {
  return changeFilters(tx, accountId, async () => {
    const filter = await requireFilter(tx, accountId, filterId)
    const [id] = await insertKeywords(tx, filter.id, [input])
    return id as Id
  })
}

export function updateKeyword(tx: Tx, accountId: Id, id: string, input: KeywordInput): Promise<void> {
  return changeFilters(tx, accountId, async () => {
    const { row, filter } = await requireKeyword(tx, accountId, id)
    await updateKeywordOf(tx, filter.id, row.id, input)
  })
}

export function deleteKeyword(tx: Tx, accountId: Id, id: string): Promise<void> {
  return changeFilters(tx, accountId, async () => {
    const { row, filter } = await requireKeyword(tx, accountId, id)
    await deleteKeywordOf(tx, filter.id, row.id)
  })
}
