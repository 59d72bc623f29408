import { isHiddenIn } from '@hamlet/contract/fold'
import { AsyncRefresh, Context as Thread, type ThreadFetch } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { requireVisibleStatus } from '#features/visibility'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { reader, route, user, type Answer } from '#platform/http'
import { countSetAside } from '../replies/set-aside.ts'
import { presentStatuses } from '../present/present-statuses.ts'
import { askForThread } from '../thread/fetch-thread.ts'
import { anonymousLimits, listAncestors, listDescendants, signedInLimits } from '../thread/list-thread.ts'
import { findFetchByToken, type ThreadFetch as Row } from '../thread/store.ts'

/** Seconds after which an app may ask again how far it is. */
const RETRY_S = 2

const presentFetch = ({ token: id, finished_at, found, expected, silent_hosts }: Row): ThreadFetch => ({
  id,
  status: finished_at ? 'finished' : 'running',
  found,
  expected,
  silent_hosts,
})

const contextRoute = route({
  method: 'GET',
  path: '/api/v1/statuses/:id/context',
  summary: 'Show what stands above and below a post; of one from elsewhere, the rest is asked for behind the answer',
  access: reader('read:statuses'),
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({ fetch: Type.Optional(Type.Boolean()) }),
  response: Thread,
  handle: async ({ ctx, viewer, params, query, headers, answer }) => {
    const viewerId = viewer?.accountId ?? null
    const id = await requireVisibleStatus(ctx, viewerId, params.id)
    const fetched = viewerId
      ? await askForThread(ctx, id, {
          isPressed: query.fetch ?? false,
          mayBegin: headers['mastodon-async-refresh-id'] === undefined,
        })
      : undefined
    if (fetched && !fetched.finished_at) announceFetch(answer, fetched)
    const thread = await readThread(ctx, viewerId, id)
    const set_aside = await countSetAside(ctx, viewerId, id)
    const hamlet = {
      ...(fetched ? { thread_fetch: presentFetch(fetched) } : {}),
      ...(set_aside > 0 ? { set_aside } : {}),
    }
    return Object.keys(hamlet).length > 0 ? { ...thread, hamlet } : thread
  },
})

function announceFetch(answer: Answer, { token, found }: Row): void {
  answer.header('Mastodon-Async-Refresh', `id="${token}", retry=${RETRY_S}, result_count=${found}`)
}

async function readThread(ctx: Context, viewerId: Id | null, id: Id): Promise<Thread> {
  const limits = viewerId === null ? anonymousLimits : signedInLimits
  const above = await listAncestors(ctx, viewerId, id, limits)
  const below = await listDescendants(ctx, viewerId, id, limits)
  const shown = new Map(
    (await presentStatuses(ctx, viewerId, [...above, ...below])).map((status) => [status.id, status]),
  )
  const pick = (ids: string[]) =>
    ids
      .map((one) => shown.get(one))
      .filter((status) => status !== undefined)
      .filter((status) => !isHiddenIn(status.filtered, 'thread'))
  return { ancestors: pick(above), descendants: pick(below) }
}

const refreshRoute = route({
  method: 'GET',
  path: '/api/v1_alpha/async_refreshes/:id',
  summary: 'Show how far the work behind an earlier answer is',
  access: user('read'),
  params: Type.Object({ id: Type.String() }),
  response: AsyncRefresh,
  handle: async ({ ctx, params }) => {
    const found = await findFetchByToken(ctx, params.id)
    if (!found) throw notFound()
    const thread_fetch = presentFetch(found)
    return {
      async_refresh: { id: found.token, status: thread_fetch.status, result_count: found.found },
      hamlet: { thread_fetch },
    }
  },
})

export const threadRoutes = [contextRoute, refreshRoute]
