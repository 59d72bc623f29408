import { sql } from 'kysely'
import { listTagsToReview, markTagsAsked } from '#features/tags'
import { listReaders, sendTeamLetter } from '#features/users'
import type { Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { defineJob, enqueue } from '#platform/jobs'
import { listLinkReviews, listStatusReviews, listTagReviews } from './review-lists.ts'
import { readUsual } from './reviews.ts'

/** mastodon-limits, trends: of each kind the first three ask for a look. */
const FIRST = { limit: 3, offset: 0, status: 'pending_review' } as const

/** A line for each. */
type Found = { tags: string; links: string; posts: string }

const mailReview = defineJob<Found & { userId: Id }>({
  name: 'discovery.mail-review',
  run: (ctx, { userId, ...found }) =>
    sendTeamLetter(ctx, userId, 'trendsWaiting', { ...found, link: `${ctx.config.url}/admin/trends` }),
})

/** Asks the team to look at what came up since it was last asked. Twice is once: each thing is asked about one time. */
export const askForReview = defineJob<Record<string, never>>({
  name: 'discovery.ask-for-review',
  class: 'slow',
  run: async (ctx) => {
    if (!(await readUsual(ctx)).isOn) return
    await transact(ctx, async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('discovery.ask-for-review'))`.execute(tx.db)
      const found = { tags: await askAboutTags(tx), links: await askAboutLinks(tx), posts: await askAboutPosts(tx) }
      if (Object.values(found).every((lines) => lines === '')) return
      for (const userId of await listReaders(tx, 'trendsWaiting')) await enqueue(tx, mailReview, { userId, ...found })
    })
  },
})

export const jobs = [mailReview]

async function askAboutTags(tx: Tx): Promise<string> {
  const fresh = await listTagsToReview(tx, await listTagReviews(tx, FIRST))
  await markTagsAsked(tx, fresh)
  return fresh.map((name) => `#${name}`).join('\n')
}

async function askAboutLinks(tx: Tx): Promise<string> {
  const ids = await markAsked(
    tx,
    'link',
    (await listLinkReviews(tx, FIRST)).map((row) => row.card_id),
  )
  const rows = await sql<{ url: string }>`select url from link_cards where id = any(${ids}::bigint[])`.execute(tx.db)
  return rows.rows.map((row) => row.url).join('\n')
}

async function askAboutPosts(tx: Tx): Promise<string> {
  const ids = await markAsked(
    tx,
    'status',
    (await listStatusReviews(tx, FIRST)).map((row) => row.id),
  )
  const rows = await sql<{ url: string | null; uri: string }>`
    select url, uri from statuses where id = any(${ids}::bigint[])`.execute(tx.db)
  return rows.rows.map((row) => row.url ?? row.uri).join('\n')
}

/** Of these, what nobody was asked about yet; from now on they were. */
async function markAsked(tx: Tx, kind: 'status' | 'link', ids: readonly Id[]): Promise<Id[]> {
  const now = tx.clock.now().toISOString()
  const fresh = await sql<{ subject_id: Id }>`
    insert into trend_reviews (kind, subject_id, requested_review_at)
    select ${kind}, id, ${now} from unnest(${[...ids]}::bigint[]) as asked (id)
    on conflict (kind, subject_id) do update set requested_review_at = excluded.requested_review_at
    where trend_reviews.requested_review_at is null returning subject_id`.execute(tx.db)
  return fresh.rows.map((row) => row.subject_id)
}
