import { findSuspendedHosts } from '#features/domains'
import { hostOf, type Host } from '#lib/host'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'
import { failureKind } from '#platform/net'
import { findAuthor } from './find-author.ts'
import { readLink } from './reading/read-link.ts'
import { keepFailure, keepFound, postpone, type Found } from './settle-card.ts'
import { findCard, isHostDown, type WantedCard } from './store.ts'

/**
 * Fetches the page behind a link, once for all posts that lead there. A failure of that server is no failure of the
 * job: it is written down, with the time before which nobody asks again.
 */
export const fetchCard: JobKind<{ cardId: Id }> = defineJob({
  name: 'cards.fetch',
  class: 'fetch',
  maxAttempts: 3,
  run: async (ctx, { cardId }) => {
    const card = await findCard(ctx, cardId)
    // Without an order another run of this job has had its turn.
    if (!card?.ordered_at) return
    const outcome = await tryOnce(ctx, card)
    await transact(ctx, async (tx) => {
      const again = await outcome(tx)
      if (again) await enqueue(tx, fetchCard, { cardId }, again)
    })
  },
})

type Settle = (tx: Parameters<typeof keepFound>[0]) => Promise<Date | undefined | void>

/** What came of it, as something to be written down. No connection of the database is held while the page is fetched. */
async function tryOnce(ctx: Context, card: WantedCard): Promise<Settle> {
  if (await isShut(ctx, card.host)) return (tx) => keepFailure(tx, card, 'address')
  if (await isHostDown(ctx, card.host)) return (tx) => postpone(tx, card)
  try {
    const found = await find(ctx, card)
    return found ? (tx) => keepFound(tx, card, found) : (tx) => keepFailure(tx, card, 'address')
  } catch (error) {
    const problem = failureKind(error)
    if (problem === undefined) throw error
    return (tx) => keepFailure(tx, card, problem)
  }
}

/** Undefined when the link leads on to a server that is shut out here. */
async function find(ctx: Context, card: WantedCard): Promise<Found | undefined> {
  const { facts, creator } = await readLink(ctx, card.link)
  const host = hostOf(facts.url) as Host
  if (await isShut(ctx, host)) return undefined
  return { facts, host, authorAccountId: creator ? await findAuthor(ctx, creator, host) : null }
}

async function isShut(ctx: Context, host: string): Promise<boolean> {
  return (await findSuspendedHosts(ctx, [host])).size > 0
}
