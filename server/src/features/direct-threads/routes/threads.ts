import { Conversation } from '@hamlet/contract/conversation'
import { Type } from 'typebox'
import { announce } from '#features/streaming'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, statusCursors, user } from '#platform/http'
import { presentThreads } from '../present.ts'
import { listThreads, removeThread, requireThread, setUnread } from '../store.ts'

const OneId = Type.Object({ id: Type.String() })
export const Paging = {
  limit: Type.Optional(Type.Integer()),
  max_id: Type.Optional(Type.String()),
  since_id: Type.Optional(Type.String()),
  min_id: Type.Optional(Type.String()),
}

const listRoute = route({
  method: 'GET',
  path: '/api/v1/conversations',
  summary: 'List your private threads',
  access: user('read:statuses'),
  query: Type.Object(Paging),
  response: Type.Array(Conversation),
  handle: async ({ ctx, viewer, query, target, answer }) => {
    const rows = await listThreads(ctx, viewer.accountId, readPage(query, 20))
    linkPages(answer, ctx.config.url, target, statusCursors(rows.map((row) => row.last_status_id)))
    return presentThreads(ctx, viewer.accountId, rows)
  },
})

const removeRoute = route({
  method: 'DELETE',
  path: '/api/v1/conversations/:id',
  summary: 'Put a private thread away until somebody writes in it again',
  access: user('write:conversations'),
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => removeThread(tx, viewer.accountId, params.id))
    return {}
  },
})

/** Every open page of the person hears that it was read elsewhere. */
async function mark(ctx: Context, accountId: Id, id: string, unread: boolean) {
  const row = await requireThread(ctx, accountId, id)
  await transact(ctx, async (tx) => {
    await setUnread(tx, row.id, unread)
    tx.afterCommit(() => announce(tx.streams, 'conversation', { threadId: row.id, accountId }))
  })
  const [thread] = await presentThreads(ctx, accountId, [{ ...row, unread }])
  return thread
}

const markRoute = (verb: string, summary: string, unread: boolean) =>
  route({
    method: 'POST',
    path: `/api/v1/conversations/:id/${verb}`,
    summary,
    access: user('write:conversations'),
    params: OneId,
    response: Conversation,
    handle: ({ ctx, viewer, params }) => mark(ctx, viewer.accountId, params.id, unread),
  })

export const threadRoutes = [
  listRoute,
  removeRoute,
  markRoute('read', 'Say that you have read a private thread', false),
  markRoute('unread', 'Say that you want to read a private thread again', true),
]
