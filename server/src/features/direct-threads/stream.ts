import type { Presenter } from '#features/streaming'
import type { Id } from '#lib/id'
import { presentThreads } from './present.ts'
import { findThread } from './store.ts'

/** A thread goes to the one person whose it is, on the stream for it (mastodon-api 1.22). */
export const streamThread: Presenter = async (ctx, facts, hearings) => {
  const { threadId, accountId } = facts as { threadId: Id; accountId: Id }
  const own = hearings.filter((one) => one.name === 'direct' && one.accountId === accountId)
  const row = own.length > 0 ? await findThread(ctx, accountId, threadId) : undefined
  if (!row) return []
  const payload = JSON.stringify((await presentThreads(ctx, accountId, [row]))[0])
  return own.map((hearing) => ({ hearing, event: 'conversation', payload }))
}
