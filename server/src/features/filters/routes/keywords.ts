import { FilterKeyword } from '@hamlet/contract/filter'
import { Type } from 'typebox'
import { transact } from '#platform/context'
import { route } from '#platform/http'
import { presentKeyword } from '../present.ts'
import { requireFilter, requireKeyword } from '../store.ts'
import { addKeyword, deleteKeyword, updateKeyword } from '../write/keywords.ts'
import { Nothing, OneId, reads, text, writes, yes } from './input.ts'

const Body = Type.Object({ keyword: text, whole_word: yes })

export const keywordRoutes = [
  route({
    method: 'GET',
    path: '/api/v2/filters/:id/keywords',
    summary: 'List the keywords of a filter',
    access: reads,
    params: OneId,
    response: Type.Array(FilterKeyword),
    handle: async ({ ctx, viewer, params }) =>
      (await requireFilter(ctx, viewer.accountId, params.id)).keywords.map(presentKeyword),
  }),
  route({
    method: 'POST',
    path: '/api/v2/filters/:id/keywords',
    summary: 'Add a keyword to a filter',
    access: writes,
    params: OneId,
    body: Body,
    response: FilterKeyword,
    handle: async ({ ctx, viewer, params, body }) => {
      const input = { keyword: body.keyword, wholeWord: body.whole_word }
      const id = await transact(ctx, (tx) => addKeyword(tx, viewer.accountId, params.id, input))
      return presentKeyword((await requireKeyword(ctx, viewer.accountId, id)).row)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v2/filters/keywords/:id',
    summary: 'Show a keyword',
    access: reads,
    params: OneId,
    response: FilterKeyword,
    handle: async ({ ctx, viewer, params }) =>
      presentKeyword((await requireKeyword(ctx, viewer.accountId, params.id)).row),
  }),
  route({
    method: 'PUT',
    path: '/api/v2/filters/keywords/:id',
    summary: 'Change a keyword',
    access: writes,
    params: OneId,
    body: Body,
    response: FilterKeyword,
    handle: async ({ ctx, viewer, params, body }) => {
      const input = { keyword: body.keyword, wholeWord: body.whole_word }
      await transact(ctx, (tx) => updateKeyword(tx, viewer.accountId, params.id, input))
      return presentKeyword((await requireKeyword(ctx, viewer.accountId, params.id)).row)
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v2/filters/keywords/:id',
    summary: 'Take a keyword out of its filter',
    access: writes,
    params: OneId,
    response: Nothing,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => deleteKeyword(tx, viewer.accountId, params.id))
      return {}
    },
  }),
]
