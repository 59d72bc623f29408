import { sql } from 'kysely'
import { requireInstanceSigner } from '#features/accounts'
import { fetchDocument, readNote, type RemoteQuestion } from '#federation'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue } from '#platform/jobs'
import { takeCounts } from './remote.ts'
import { findPoll } from './store.ts'

/** Counts from elsewhere are asked for at most this often, however many look. */
const FRESH_MS = 3 * 60_000

/** Asks another server for its counts. What it will not say is left as it was. */
export const refetchPoll = defineJob<{ statusId: Id }>({
  name: 'polls.refetch',
  class: 'fetch',
  run: async (ctx, { statusId }) => {
    const poll = await findPoll(ctx, statusId)
    const question = poll?.uri ? await fetchQuestion(ctx, poll.uri) : undefined
    if (question) await transact(ctx, (tx) => takeCounts(tx, statusId, question))
  },
})

async function fetchQuestion(ctx: Context, uri: string): Promise<RemoteQuestion | undefined> {
  try {
    const document = await fetchDocument(ctx, uri, await requireInstanceSigner(ctx))
    const note = readNote(document, ctx.clock.now())
    return note.id === uri ? note.question : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/**
 * Somebody looks at this post: when it is a poll from elsewhere whose counts are old, and may have changed since, they
 * are asked for behind the answer: one job, however many look at once.
 */
export async function refreshPoll(ctx: Context, statusId: Id): Promise<void> {
  const now = ctx.clock.now()
  const stale = new Date(now.getTime() - FRESH_MS).toISOString()
  const isStale = sql<boolean>`status_id = ${statusId} and uri is not null and (fetched_at is null
    or (fetched_at < ${stale}::timestamptz and (expires_at is null or fetched_at < expires_at)))`
  const found = await ctx.db.selectFrom('polls').select('status_id').where(isStale).executeTakeFirst()
  if (!found) return
  await transact(ctx, async (tx) => {
    const taken = await tx.db
      .updateTable('polls')
      .set({ fetched_at: now.toISOString() })
      .where(isStale)
      .returning('status_id')
      .executeTakeFirst()
    if (taken) await enqueue(tx, refetchPoll, { statusId })
  })
}
