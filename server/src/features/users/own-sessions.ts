import { isId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import type { UserViewer } from '#platform/http'

/** A browser was signed out from another one: its open streams are to be closed. */
export const sessionEnded = defineEvent<{ sessionId: Id }>('users.session-ended')

/** Somebody was signed out of all browsers: what they have open is closed, and comes back where it still may. */
export const signedOut = defineEvent<{ userId: Id }>('users.signed-out')

/** What an app could do harm with stays with our own pages: where somebody is signed in, and the password. */
export function requireOwnPage(viewer: UserViewer): Id {
  if (viewer.sessionId === null) throw new Refusal('forbidden', 'Only the pages of this server may do this.')
  return viewer.sessionId
}

/** Of more browsers than these the oldest are not listed; the button that signs out all others ends them too. */
const MOST = 10

/** Where a person is signed in, the browser that was seen last first. One query. */
export async function listOwnSessions(ctx: Context, userId: Id, current: Id) {
  const rows = await ctx.db
    .selectFrom('sessions')
    .select(['id', 'user_agent', 'ip', 'method', 'created_at', 'last_seen_at'])
    .where('user_id', '=', userId)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({ ...row, current: row.id === current }))
}

/** Signs a person out everywhere but here; apps stay. */
export async function endOtherSessions(tx: Tx, userId: Id, current: Id): Promise<void> {
  const gone = await tx.db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('id', '!=', current)
    .returning('id')
    .execute()
  for (const { id } of gone) await emit(tx, sessionEnded, { sessionId: id })
}

/** Signs one browser of a person out. */
export async function endOwnSession(tx: Tx, userId: Id, id: string): Promise<void> {
  if (!isId(id)) throw notFound()
  const row = await tx.db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw notFound()
  await emit(tx, sessionEnded, { sessionId: row.id })
}
