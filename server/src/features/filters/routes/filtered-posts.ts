import { FilterStatus } from '@hamlet/contract/filter'
import { Type } from 'typebox'
import { transact } from '#platform/context'
import { route } from '#platform/http'
import { presentFilteredPost } from '../present.ts'
import { requireFilter, requireFilteredPost } from '../store.ts'
import { addFilteredPost, deleteFilteredPost } from '../write/filtered-posts.ts'
import { Nothing, OneId, reads, text, writes } from './input.ts'

export const filteredPostRoutes = [
  route({
    method: 'GET',
    path: '/api/v2/filters/:id/statuses',
    summary: 'List the single posts of a filter',
    access: reads,
    params: OneId,
    response: Type.Array(FilterStatus),
    handle: async ({ ctx, viewer, params }) =>
      (await requireFilter(ctx, viewer.accountId, params.id)).statuses.map(presentFilteredPost),
  }),
  route({
    method: 'POST',
    path: '/api/v2/filters/:id/statuses',
    summary: 'Filter a single post',
    access: writes,
    params: OneId,
    body: Type.Object({ status_id: text }),
    response: FilterStatus,
    handle: async ({ ctx, viewer, params, body }) => {
      const { accountId } = viewer
      const id = await transact(ctx, (tx) => addFilteredPost(tx, accountId, params.id, body.status_id ?? ''))
      return presentFilteredPost((await requireFilteredPost(ctx, accountId, id)).row)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v2/filters/statuses/:id',
    summary: 'Show a single post of a filter',
    access: reads,
    params: OneId,
    response: FilterStatus,
    handle: async ({ ctx, viewer, params }) =>
      presentFilteredPost((await requireFilteredPost(ctx, viewer.accountId, params.id)).row),
  }),
  route({
    method: 'DELETE',
    path: '/api/v2/filters/statuses/:id',
    summary: 'Filter a single post no longer',
    access: writes,
    params: OneId,
    response: Nothing,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => deleteFilteredPost(tx, viewer.accountId, params.id))
      return {}
    },
  }),
]
