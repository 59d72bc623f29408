import { V1Filter } from '@hamlet/contract/filter'
import { Type } from 'typebox'
import { transact } from '#platform/context'
import { route, type Answer } from '#platform/http'
import { presentV1Filter } from '../present.ts'
import { listFilters, requireFilter, requireKeyword } from '../store.ts'
import { createV1Filter, deleteV1Filter, updateV1Filter } from '../write/v1-filters.ts'
import { Contexts, ExpiresIn, Nothing, OneId, reads, text, writes, yes } from './input.ts'

const Body = Type.Object({
  phrase: text,
  context: Contexts,
  irreversible: yes,
  whole_word: yes,
  expires_in: ExpiresIn,
})

type Body = {
  phrase?: string
  context?: string[]
  irreversible?: boolean
  whole_word?: boolean
  expires_in?: number | null
}

function readBody({ phrase, context, irreversible, whole_word, expires_in }: Body) {
  return { phrase, contexts: context, irreversible, wholeWord: whole_word, expiresInSeconds: expires_in }
}

/** Since 14 November 2022 there is the second version (mastodon-api 1.0, Deprecation; RFC 9745). */
const deprecate = (answer: Answer) => answer.header('Deprecation', '@1668384000')

export const v1FilterRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/filters',
    summary: 'List your keywords, each as a filter of its own',
    access: reads,
    response: Type.Array(V1Filter),
    handle: async ({ ctx, viewer, answer }) => {
      deprecate(answer)
      const filters = await listFilters(ctx, viewer.accountId)
      return filters.flatMap((filter) => filter.keywords.map((keyword) => presentV1Filter(filter, keyword)))
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/filters',
    summary: 'Make a filter of one keyword',
    access: writes,
    body: Body,
    response: V1Filter,
    handle: async ({ ctx, viewer, body, answer }) => {
      deprecate(answer)
      const id = await transact(ctx, (tx) => createV1Filter(tx, viewer.accountId, readBody(body)))
      const filter = await requireFilter(ctx, viewer.accountId, id)
      return filter.keywords.map((keyword) => presentV1Filter(filter, keyword))[0]
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/filters/:id',
    summary: 'Show one of your keywords as a filter',
    access: reads,
    params: OneId,
    response: V1Filter,
    handle: async ({ ctx, viewer, params, answer }) => {
      deprecate(answer)
      const { row, filter } = await requireKeyword(ctx, viewer.accountId, params.id)
      return presentV1Filter(filter, row)
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/filters/:id',
    summary: 'Change a keyword, and its filter when it is alone there',
    access: writes,
    params: OneId,
    body: Body,
    response: V1Filter,
    handle: async ({ ctx, viewer, params, body, answer }) => {
      deprecate(answer)
      await transact(ctx, (tx) => updateV1Filter(tx, viewer.accountId, params.id, readBody(body)))
      const { row, filter } = await requireKeyword(ctx, viewer.accountId, params.id)
      return presentV1Filter(filter, row)
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/filters/:id',
    summary: 'Take a keyword away',
    access: writes,
    params: OneId,
    response: Nothing,
    handle: async ({ ctx, viewer, params, answer }) => {
      deprecate(answer)
      await transact(ctx, (tx) => deleteV1Filter(tx, viewer.accountId, params.id))
      return {}
    },
  }),
]
