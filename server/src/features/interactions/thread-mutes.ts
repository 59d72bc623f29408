import { sql, type SqlBool } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

/** Muting again sets the end anew. `durationSeconds` 0 is for ever. */
export async function muteThread(tx: Tx, accountId: Id, conversationId: Id, durationSeconds: number): Promise<void> {
  const now = tx.clock.now()
  const ends = new Date(now.getTime() + durationSeconds * 1000).toISOString()
  const expires_at = durationSeconds > 0 ? ends : null
  await tx.db
    .insertInto('thread_mutes')
    .values({ account_id: accountId, conversation_id: conversationId, created_at: now.toISOString(), expires_at })
    .onConflict((conflict) => conflict.columns(['account_id', 'conversation_id']).doUpdateSet({ expires_at }))
    .execute()
}

export async function unmuteThread(tx: Tx, accountId: Id, conversationId: Id): Promise<void> {
  await tx.db
    .deleteFrom('thread_mutes')
    .where('account_id', '=', accountId)
    .where('conversation_id', '=', conversationId)
    .execute()
}

/** Which of these threads a person has muted. One query; none for anonymous readers. */
export async function findMutedThreads(
  ctx: Context,
  accountId: Id | null,
  conversationIds: readonly Id[],
): Promise<Set<Id>> {
  if (accountId === null || conversationIds.length === 0) return new Set()
  const found = await sql<{ conversation_id: Id }>`
    select conversation_id from thread_mutes
    where account_id = ${accountId} and conversation_id = any(${[...conversationIds]}::bigint[]) and ${isLasting(ctx)}`.execute(
    ctx.db,
  )
  return new Set(found.rows.map((row) => row.conversation_id))
}

const isLasting = (ctx: Context) =>
  sql<SqlBool>`(expires_at is null or expires_at > ${ctx.clock.now().toISOString()}::timestamptz)`
