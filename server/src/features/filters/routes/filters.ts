import { Filter } from '@hamlet/contract/filter'
import { Type } from 'typebox'
import { transact } from '#platform/context'
import { route } from '#platform/http'
import { presentFilter } from '../present.ts'
import { listFilters, requireFilter } from '../store.ts'
import { createFilter, deleteFilter, updateFilter } from '../write/filters.ts'
import { Contexts, ExpiresIn, Nothing, OneId, readKeywords, reads, text, writes } from './input.ts'

const Body = Type.Object({
  title: text,
  context: Contexts,
  filter_action: text,
  expires_in: ExpiresIn,
  keywords_attributes: Type.Optional(Type.Unknown()),
})

type Body = {
  title?: string
  context?: string[]
  filter_action?: string
  expires_in?: number | null
}

function readBody({ title, context, filter_action, expires_in }: Body) {
  return { title, contexts: context, action: filter_action, expiresInSeconds: expires_in }
}

export const filterRoutes = [
  route({
    method: 'GET',
    path: '/api/v2/filters',
    summary: 'List your filters',
    access: reads,
    response: Type.Array(Filter),
    handle: async ({ ctx, viewer }) => (await listFilters(ctx, viewer.accountId)).map(presentFilter),
  }),
  route({
    method: 'POST',
    path: '/api/v2/filters',
    summary: 'Make a filter, with its keywords',
    access: writes,
    body: Body,
    response: Filter,
    handle: async ({ ctx, viewer, body }) => {
      const keywords = readKeywords(body.keywords_attributes)
      const id = await transact(ctx, (tx) => createFilter(tx, viewer.accountId, readBody(body), keywords))
      return presentFilter(await requireFilter(ctx, viewer.accountId, id))
    },
  }),
  route({
    method: 'GET',
    path: '/api/v2/filters/:id',
    summary: 'Show one of your filters',
    access: reads,
    params: OneId,
    response: Filter,
    handle: async ({ ctx, viewer, params }) => presentFilter(await requireFilter(ctx, viewer.accountId, params.id)),
  }),
  route({
    method: 'PUT',
    path: '/api/v2/filters/:id',
    summary: 'Change a filter and its keywords',
    access: writes,
    params: OneId,
    body: Body,
    response: Filter,
    handle: async ({ ctx, viewer, params, body }) => {
      const keywords = readKeywords(body.keywords_attributes)
      const input = { ...readBody(body), keywords }
      await transact(ctx, (tx) => updateFilter(tx, viewer.accountId, params.id, input))
      return presentFilter(await requireFilter(ctx, viewer.accountId, params.id))
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v2/filters/:id',
    summary: 'End a filter',
    access: writes,
    params: OneId,
    response: Nothing,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => deleteFilter(tx, viewer.accountId, params.id))
      return {}
    },
  }),
]
