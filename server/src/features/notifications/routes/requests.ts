import { NotificationRequest } from '@hamlet/contract/notification'
import { Type } from 'typebox'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, statusCursors } from '#platform/http'
import { presentRequests } from '../present.ts'
import { acceptRequests, dismissRequests, listRequests, requireRequest } from '../requests.ts'
import { Nothing, Paging, reads, USUAL, writes } from './lists.ts'

const OneId = Type.Object({ id: Type.String() })
/** Gives how many requests were still there to be answered. */
type Answer = (tx: Tx, accountId: Id, ids: readonly string[]) => Promise<number>

function answerRoute(verb: string, summary: string, act: Answer) {
  return route({
    method: 'POST',
    path: `/api/v1/notifications/requests/:id/${verb}`,
    summary,
    access: writes,
    params: OneId,
    response: Nothing,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, async (tx) => {
        await requireRequest(tx, viewer.accountId, params.id)
        // A second press may have waited for the first.
        if ((await act(tx, viewer.accountId, [params.id])) === 0) throw notFound()
      })
      return {}
    },
  })
}

function answerManyRoute(verb: string, summary: string, act: Answer) {
  return route({
    method: 'POST',
    path: `/api/v1/notifications/requests/${verb}`,
    summary,
    access: writes,
    body: Type.Object({ id: Type.Optional(Type.Array(Type.String(), { maxItems: 1000 })) }),
    response: Nothing,
    handle: async ({ ctx, viewer, body }) => {
      await transact(ctx, (tx) => act(tx, viewer.accountId, body.id ?? []))
      return {}
    },
  })
}

export const requestRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/notifications/requests',
    summary: 'List whose mentions wait for you',
    access: reads,
    query: Type.Object(Paging),
    response: Type.Array(NotificationRequest),
    handle: async ({ ctx, viewer, query, answer, target }) => {
      const rows = await listRequests(ctx, viewer.accountId, readPage(query, USUAL))
      linkPages(answer, ctx.config.url, target, statusCursors(rows.map((row) => row.id)))
      return presentRequests(ctx, viewer.accountId, rows)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/notifications/requests/merged',
    summary: 'Ask whether what you accepted is shown',
    access: reads,
    response: Type.Object({ merged: Type.Boolean() }),
    // What is accepted is merged in the same transaction.
    handle: async () => ({ merged: true }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/notifications/requests/:id',
    summary: 'Show whose mentions wait for you',
    access: reads,
    params: OneId,
    response: NotificationRequest,
    handle: async ({ ctx, viewer, params }) => {
      const row = await requireRequest(ctx, viewer.accountId, params.id)
      const [shown] = await presentRequests(ctx, viewer.accountId, [row])
      if (!shown) throw notFound()
      return shown
    },
  }),
  answerManyRoute('accept', 'Let senders in', acceptRequests),
  answerManyRoute('dismiss', 'Turn senders away', dismissRequests),
  answerRoute('accept', 'Let a sender in', acceptRequests),
  answerRoute('dismiss', 'Turn a sender away', dismissRequests),
]
