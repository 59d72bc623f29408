import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { requireKeyword, type FilterRow } from '../store.ts'
import { changeFilters } from './change.ts'
import { createFilter } from './filters.ts'
import { deleteKeywordOf, updateKeywordOf } from './keywords.ts'
import { readFilter, readKeyword, titleOf, type FilterInput } from './read-filter.ts'

/** A filter of one keyword, as older apps know it. */
export type V1Input = {
  phrase?: string | undefined
  contexts?: readonly string[] | undefined
  irreversible?: boolean | undefined
  wholeWord?: boolean | undefined
  expiresInSeconds?: number | null | undefined
}

function filterOf({ contexts, irreversible, expiresInSeconds }: V1Input): FilterInput {
  const action = irreversible === undefined ? undefined : irreversible ? 'hide' : 'warn'
  return { contexts, action, expiresInSeconds }
}

/** Makes a filter that is called as its only keyword; gives the id of the filter. */
export function createV1Filter(tx: Tx, accountId: Id, input: V1Input): Promise<Id> {
  const keyword = readKeyword(input.phrase ?? '')
  const filter = { ...filterOf(input), title: titleOf(keyword) }
  return createFilter(tx, accountId, filter, [{ keyword, wholeWord: input.wholeWord }])
}

/** Changes a keyword, and the filter around it when that holds nothing else (mastodon-api 1.10). */
export function updateV1Filter(tx: Tx, accountId: Id, id: string, input: V1Input): Promise<void> {
  return changeFilters(tx, accountId, async () => {
    const { row, filter } = await requireKeyword(tx, accountId, id)
    await updateKeywordOf(tx, filter.id, row.id, { keyword: input.phrase, wholeWord: input.wholeWord })
    const change = changeOf(filter, readFilter(filterOf(input), tx.clock.now()))
    if (Object.keys(change).length === 0) return
    if (filter.keywords.length > 1)
      throw invalid('Validation failed: This filter has several keywords, which older apps can only change one by one')
    await tx.db.updateTable('filters').set(change).where('id', '=', filter.id).execute()
  })
}

type Change = ReturnType<typeof readFilter>

/**
 * What of a filter would be otherwise: apps send all they know, and what says the same as before is no change. What is not
 * hidden may be folded or blurred, which older apps cannot tell apart; an end in time moves with every say.
 */
function changeOf(filter: FilterRow, { contexts, action, expires_at }: Change): Change {
  const isElsewhere = contexts !== undefined && contexts.toSorted().join() !== filter.contexts.toSorted().join()
  const actsOtherwise = action !== undefined && (action === 'hide') !== (filter.action === 'hide')
  const endsOtherwise = expires_at !== undefined && (expires_at ?? filter.expires_at) !== null
  return {
    ...(isElsewhere ? { contexts } : {}),
    ...(actsOtherwise ? { action } : {}),
    ...(endsOtherwise ? { expires_at } : {}),
  }
}

/** Takes a keyword away; a filter of nothing else goes with it, since older apps could never find it again. */
export function deleteV1Filter(tx: Tx, accountId: Id, id: string): Promise<void> {
  return changeFilters(tx, accountId, async () => {
    const { row, filter } = await requireKeyword(tx, accountId, id)
    await deleteKeywordOf(tx, filter.id, row.id)
    if (filter.keywords.length === 1 && filter.statuses.length === 0)
      await tx.db.deleteFrom('filters').where('id', '=', filter.id).execute()
  })
}
