import { holdPostLimit } from '#features/users'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'

const HOUR_MS = 3_600_000

/** Refuses more posts in an hour than the author's role allows. Boosts are not counted. */
export async function requireWithinRole(tx: Tx, authorId: Id, more: number): Promise<void> {
  const limit = await holdPostLimit(tx, authorId)
  if (limit === null) return
  const since = new Date(tx.clock.now().getTime() - HOUR_MS).toISOString()
  const { count } = await tx.db
    .selectFrom('statuses')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('account_id', '=', authorId)
    .where('created_at', '>', since)
    .where('reblog_of_id', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(count) + more > limit)
    throw new Refusal('tooMany', `Your role allows ${limit} posts an hour. Wait a while, and send it again.`)
}
