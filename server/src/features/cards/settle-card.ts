import { forgetPicturesNamed, orderPicture } from '#features/media'
import type { Host } from '#lib/host'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import type { FailureKind } from '#platform/net'
import type { PageFacts } from './reading/describe-page.ts'
import { HOST_PAUSE_MS, type WantedCard } from './store.ts'

/** A page as it was read, where it was read, and whom it names as its author. */
export type Found = { facts: PageFacts; host: Host; authorAccountId: Id | null }

/** Writes down what a page says. Its picture is fetched too, so that the place it takes is known before anybody looks. */
export async function keepFound(tx: Tx, card: WantedCard, { facts, host, authorAccountId }: Found): Promise<void> {
  const at = tx.clock.now().toISOString()
  const isSamePicture = facts.imageUrl === card.image_url
  await tx.db
    .updateTable('link_cards')
    .set({
      url: facts.url,
      host,
      type: facts.type,
      title: facts.title,
      description: facts.description,
      language: facts.language,
      author_name: facts.authorName,
      author_url: facts.authorUrl,
      author_account_id: authorAccountId,
      provider_name: facts.providerName,
      provider_url: facts.providerUrl,
      embed_url: facts.embedUrl,
      image_url: facts.imageUrl,
      image_description: facts.imageDescription,
      published_at: facts.publishedAt,
      // What was measured of a picture is better than what the page says of it.
      ...(isSamePicture && facts.type === 'link' ? {} : { width: facts.width, height: facts.height }),
      ...(isSamePicture ? {} : { blurhash: null }),
      fetched_at: at,
      tried_at: at,
      ordered_at: null,
      retry_at: null,
      failures: 0,
      problem: null,
    })
    .where('id', '=', card.id)
    .execute()
  if (!isSamePicture) await forgetPicturesNamed(tx, 'card', [card.id])
  if (facts.imageUrl !== null)
    await orderPicture(tx, {
      kind: 'card',
      subjectId: card.id,
      url: facts.imageUrl,
      accountId: null,
      accountHost: host,
    })
}

/** What may be better soon; the rest hardly changes. Each failure waits four times as long. */
const PASSING_REST_MS = 15 * 60_000
const LASTING_REST_MS = 6 * 3_600_000
const LONGEST_REST_MS = 7 * 24 * 3_600_000
const PASSING: readonly FailureKind[] = ['network', 'timeout', 'status']
/** So often a page is tried without anybody linking it anew. */
const MOST_TRIES = 3

/** Writes a failure down; gives the moment at which the page is to be tried again, or undefined when it is not. */
export async function keepFailure(tx: Tx, card: WantedCard, problem: FailureKind): Promise<Date | undefined> {
  const now = tx.clock.now()
  const isPassing = PASSING.includes(problem)
  const restMs = (isPassing ? PASSING_REST_MS : LASTING_REST_MS) * 4 ** card.failures
  const retryAt = new Date(now.getTime() + Math.min(restMs, LONGEST_REST_MS))
  const failures = card.failures + 1
  const again = isPassing && failures < MOST_TRIES ? retryAt : undefined
  await tx.db
    .updateTable('link_cards')
    .set({
      problem,
      failures,
      tried_at: now.toISOString(),
      retry_at: retryAt.toISOString(),
      ordered_at: again?.toISOString() ?? null,
    })
    .where('id', '=', card.id)
    .execute()
  return again
}

/** Nothing was asked, since its server just gave no answer to another question: that is no failure of this page. */
export async function postpone(tx: Tx, card: WantedCard): Promise<Date> {
  const retryAt = new Date(tx.clock.now().getTime() + HOST_PAUSE_MS)
  const at = retryAt.toISOString()
  await tx.db.updateTable('link_cards').set({ retry_at: at, ordered_at: at }).where('id', '=', card.id).execute()
  return retryAt
}
