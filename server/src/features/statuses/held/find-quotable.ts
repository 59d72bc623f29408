import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { requireQuotable, type Quotable } from '../quote/quote-status.ts'

/** What was deleted or closed to quotes meanwhile is quoted no more; the author's own words stand. */
export async function findQuotable(tx: Tx, authorId: Id, quotedId: Id): Promise<Quotable | undefined> {
  return requireQuotable(tx, authorId, quotedId).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined
    throw error
  })
}
