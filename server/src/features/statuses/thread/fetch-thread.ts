import { requireInstanceSigner } from '#features/accounts'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type Schedule } from '#platform/jobs'
import { findStatus, type StatusRow } from '../store.ts'
import { gatherThread } from './gather-thread.ts'
import { beginFetch, endFetch, findFetch, findFetchByToken, makeToken, noteFetch, type ThreadFetch } from './store.ts'

/** federation.md b.7: a post is asked about when it is this old, and not again within this time. */
const SETTLED_MS = 5 * 60_000
const FRESH_MS = 15 * 60_000
/** Whoever presses "fetch the rest" need not wait as long; ten people who press are still one errand. */
const PRESSED_MS = 60_000

/** Asks the server of a post for what was said in its thread, and each server that is named for its part. */
export const fetchThread = defineJob<{ statusId: Id; token: string }>({
  name: 'statuses.fetch-thread',
  class: 'fetch',
  maxAttempts: 3,
  orderingKey: ({ statusId }) => `thread:${statusId}`,
  run: async (ctx, { statusId, token }) => {
    const status = await findStatus(ctx, statusId)
    const running = await findFetchByToken(ctx, token)
    if (!status || !running || running.finished_at) return
    const signer = await requireInstanceSigner(ctx)
    await gatherThread(ctx, status, { signer, note: (step) => noteFetch(ctx, token, step) })
    await endFetch(ctx, token)
  },
})

/** A thread can be asked for: it began elsewhere, for everybody. */
function canFetch(status: StatusRow): boolean {
  return !status.is_local && (status.visibility === 'public' || status.visibility === 'unlisted')
}

/**
 * Somebody reads a thread. What runs, or ran last, is given; a new errand begins behind the answer when the last one is
 * old. `isPressed` says that the reader asked for it. Source: mastodon-api 1.6, context; federation.md b.7.
 */
export async function askForThread(
  ctx: Context,
  statusId: Id,
  { isPressed = false, mayBegin = true }: { isPressed?: boolean; mayBegin?: boolean } = {},
): Promise<ThreadFetch | undefined> {
  const status = await findStatus(ctx, statusId)
  if (!status || !canFetch(status)) return undefined
  const now = ctx.clock.now().getTime()
  const isSettled = isPressed || Date.parse(status.created_at) < now - SETTLED_MS
  const last = await findFetch(ctx, statusId)
  if (!mayBegin || !isSettled) return last
  const before = new Date(now - (isPressed ? PRESSED_MS : FRESH_MS))
  const begun = await transact(ctx, async (tx) => {
    const token = makeToken()
    const fresh = await beginFetch(tx, statusId, { token, before })
    if (fresh) await enqueue(tx, fetchThread, { statusId, token })
    return fresh
  })
  return begun ?? last
}

const KEPT_MS = 30 * 24 * 3_600_000

const pruneThreadFetches = defineJob<Record<string, never>>({
  name: 'statuses.prune-thread-fetches',
  class: 'slow',
  run: async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - KEPT_MS).toISOString()
    await ctx.db.deleteFrom('thread_fetches').where('started_at', '<', before).execute()
  },
})

export const threadSchedules: Schedule[] = [{ job: pruneThreadFetches, everySeconds: 24 * 3_600 }]
