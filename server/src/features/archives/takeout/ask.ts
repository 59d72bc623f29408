import { randomBytes } from 'node:crypto'
import { lockAccounts } from '#features/accounts'
import { makeId, type Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'

/** Somebody wants all of theirs as one file: `app` asks every room for its part. */
export const takeoutAsked = defineEvent<{ takeoutId: Id; accountId: Id }>('archives.takeout-asked')

const DAY_MS = 24 * 3_600_000
/** mastodon-features 8: an archive every six days. */
const REST_DAYS = 6

/** Asks for an archive. Refuses (409) the second within six days, and says when there may be the next. */
export async function askForTakeout(tx: Tx, accountId: Id): Promise<void> {
  await lockAccounts(tx, [accountId])
  const now = tx.clock.now()
  const last = await tx.db
    .selectFrom('takeouts')
    .select('created_at')
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const next = last ? new Date(Date.parse(last.created_at) + REST_DAYS * DAY_MS) : now
  if (next > now)
    throw new Refusal('conflict', 'You asked for an archive less than six days ago', {
      details: { next_at: next.toISOString() },
    })
  const id = makeId(now.getTime())
  const file_name = `${randomBytes(24).toString('hex')}.zip`
  await tx.db
    .insertInto('takeouts')
    .values({ id, account_id: accountId, file_name, created_at: now.toISOString() })
    .execute()
  await emit(tx, takeoutAsked, { takeoutId: id, accountId })
}
