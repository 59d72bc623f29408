import { FilterTest } from '@hamlet/contract/filter-test'
import { Type } from 'typebox'
import { testWords } from '#features/filters'
import { presentStatuses } from '#features/statuses'
import { compareIds } from '#lib/id'
import { readPage } from '#platform/db'
import { route, user } from '#platform/http'
import { listHome } from '../people-feeds.ts'

/** How far back a test looks: about a day of a busy home. */
const MOST_EXAMINED = 400
const MOST_WORDS = 200
const USUAL = 20

/** A test reads four hundred posts, which is no thing to do at every key. */
const limit = { family: 'filter-tests', max: 60, windowMs: 5 * 60_000 }

export const filterTestRoute = route({
  method: 'POST',
  path: '/api/hamlet/v1/filters/test',
  summary: 'See which of your last posts at home a filter would have touched; nothing is kept',
  access: user('read:statuses'),
  body: Type.Object({
    keywords: Type.Array(
      Type.Object({ keyword: Type.String({ maxLength: 5_000 }), whole_word: Type.Optional(Type.Boolean()) }),
      { maxItems: MOST_WORDS },
    ),
    context: Type.Optional(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 20 })),
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
  }),
  response: FilterTest,
  limit,
  handle: async ({ ctx, viewer, body }) => {
    const seen = await listHome(ctx, viewer.accountId, { limit: MOST_EXAMINED })
    const statuses = await presentStatuses(ctx, viewer.accountId, seen)
    const words = body.keywords.map(({ keyword, whole_word }) => ({ keyword, wholeWord: whole_word }))
    const found = testWords(words, viewer.accountId, statuses)
    // A filter that does not act at home touches nothing there.
    const touched = (body.context ?? ['home']).includes('home') ? found : []
    const { maxId, limit: most } = readPage(body, USUAL)
    const rest = maxId === undefined ? touched : touched.filter((status) => compareIds(status.id, maxId) < 0)
    return {
      examined: statuses.length,
      touched: touched.length,
      ids: touched.map((status) => status.id),
      statuses: rest.slice(0, most),
    }
  },
})
