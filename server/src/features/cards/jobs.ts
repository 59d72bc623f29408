import { sql } from 'kysely'
import { forgetPicturesNamed } from '#features/media'
import type { Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { fetchCard } from './fetch-card.ts'
import { describeCardPicture } from './picture-kept.ts'

const KEPT_MS = 7 * 24 * 3_600_000
const CHUNK = 500

const prune = defineJob<Record<string, never>>({ name: 'cards.prune', class: 'slow', run: pruneCards })

/** Lets go of previews that no post has and that nobody linked for a week. */
export async function pruneCards(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
  let gone: number
  do gone = await transact(ctx, (tx) => pruneChunk(tx, before))
  while (gone === CHUNK)
}

async function pruneChunk(tx: Tx, before: string): Promise<number> {
  const gone = await sql<{ id: Id }>`
    delete from link_cards where used_at < ${before}::timestamptz and id in (
      select c.id from link_cards c where c.used_at < ${before}::timestamptz
        and not exists (select 1 from status_cards s where s.card_id = c.id) limit ${CHUNK})
    returning id`.execute(tx.db)
  await forgetPicturesNamed(
    tx,
    'card',
    gone.rows.map((row) => row.id),
  )
  return gone.rows.length
}

export const jobs = [fetchCard, describeCardPicture]
export const schedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
