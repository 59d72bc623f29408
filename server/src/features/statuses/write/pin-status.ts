import { lockAccounts } from '#features/accounts'
import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { sql } from 'kysely'

/** mastodon-limits 2. */
const MOST_PINS = 5

type Pin = { statusId: Id; accountId: Id; uri: string; isLocal: boolean }
export const statusPinned = defineEvent<Pin>('statuses.pinned')
export const statusUnpinned = defineEvent<Pin>('statuses.unpinned')

/** `isOpen` where everybody may know of the post: only then is it named to other servers. */
async function requireOwn(tx: Tx, accountId: Id, id: Id) {
  const row = await tx.db
    .selectFrom('statuses')
    .select(['account_id', 'reblog_of_id', 'visibility', 'uri', 'is_local', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || row.state !== 'live') throw notFound()
  if (row.account_id !== accountId) throw invalid("Validation failed: Someone else's post cannot be pinned")
  return { ...row, isOpen: row.visibility === 'public' || row.visibility === 'unlisted' }
}

/** Keeps a post on top of its author's profile. Refuses others' posts, boosts, private messages, and more than five. */
export async function pinStatus(tx: Tx, accountId: Id, id: Id): Promise<void> {
  const row = await requireOwn(tx, accountId, id)
  if (row.reblog_of_id) throw invalid('Validation failed: A boost cannot be pinned')
  if (row.visibility === 'direct')
    throw invalid('Validation failed: Posts that are only visible to mentioned users cannot be pinned')
  await lockAccounts(tx, [accountId])
  const pinned = await tx.db.selectFrom('status_pins').select('status_id').where('account_id', '=', accountId).execute()
  if (pinned.some((pin) => pin.status_id === id)) return
  if (row.is_local && pinned.length >= MOST_PINS)
    throw invalid('Validation failed: You have already pinned the maximum number of posts')
  await tx.db
    .insertInto('status_pins')
    .values({ account_id: accountId, status_id: id, created_at: tx.clock.now().toISOString() })
    .execute()
  await emit(tx, statusPinned, { statusId: id, accountId, uri: row.uri, isLocal: row.is_local && row.isOpen })
}

/** Takes a post from the top of its author's profile; does nothing where it was not there. */
export async function unpinStatus(tx: Tx, accountId: Id, id: Id): Promise<void> {
  const row = await requireOwn(tx, accountId, id)
  const gone = await tx.db
    .deleteFrom('status_pins')
    .where('status_id', '=', id)
    .where('account_id', '=', accountId)
    .returning('id')
    .executeTakeFirst()
  if (gone)
    await emit(tx, statusUnpinned, { statusId: id, accountId, uri: row.uri, isLocal: row.is_local && row.isOpen })
}

/** What stands on top of a profile, the latest pin first; who reads may not see all of it. */
export async function listPinned(ctx: Context, accountId: Id): Promise<Id[]> {
  const found = await sql<{ id: Id }>`
    select p.status_id as id from status_pins p where p.account_id = ${accountId} order by p.id desc limit 20`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.id)
}
