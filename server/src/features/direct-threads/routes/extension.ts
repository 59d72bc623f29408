import { Conversation, UnreadConversations } from '@hamlet/contract/conversation'
import { Type } from 'typebox'
import { presentStatuses } from '#features/statuses'
import { readPage } from '#platform/db'
import { linkPages, route, statusCursors, user } from '#platform/http'
import { presentThreads } from '../present.ts'
import { countUnreadThreads, listMessages, requireThread } from '../store.ts'
import { Paging } from './threads.ts'

const OneId = Type.Object({ id: Type.String() })
/** More than a badge can say. */
const MOST_COUNTED = 100

/** Announced as `direct_threads`. */
export const extensionRoutes = [
  route({
    method: 'GET',
    path: '/api/hamlet/v1/conversations/unread_count',
    summary: 'Count the private threads with something unread, up to 100',
    access: user('read:statuses'),
    response: UnreadConversations,
    handle: async ({ ctx, viewer }) => ({ count: await countUnreadThreads(ctx, viewer.accountId, MOST_COUNTED) }),
  }),
  route({
    method: 'GET',
    path: '/api/hamlet/v1/conversations/:id',
    summary: 'Show one of your private threads',
    access: user('read:statuses'),
    params: OneId,
    response: Conversation,
    handle: async ({ ctx, viewer, params }) => {
      const row = await requireThread(ctx, viewer.accountId, params.id)
      return (await presentThreads(ctx, viewer.accountId, [row]))[0]
    },
  }),
  route({
    method: 'GET',
    path: '/api/hamlet/v1/conversations/:id/statuses',
    summary: 'List the messages of one of your private threads, newest first',
    access: user('read:statuses'),
    params: OneId,
    query: Type.Object(Paging),
    response: Type.Array(Type.Ref('Status')),
    handle: async ({ ctx, viewer, params, query, target, answer }) => {
      const row = await requireThread(ctx, viewer.accountId, params.id)
      const ids = await listMessages(ctx, viewer.accountId, row.id, readPage(query, 40))
      linkPages(answer, ctx.config.url, target, statusCursors(ids))
      return presentStatuses(ctx, viewer.accountId, ids)
    },
  }),
]
