import { Account } from '@hamlet/contract/account'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { presentAccounts } from '#features/profiles'
import type { Id } from '#lib/id'
import { anyone, emptyList, reader, route, user } from '#platform/http'

const MOST = 80
const USUAL = 40

const directoryRoute = route({
  method: 'GET',
  path: '/api/v1/directory',
  summary: 'List people who want to be found',
  access: reader('read:accounts'),
  query: Type.Object({
    order: Type.Optional(Type.String()),
    local: Type.Optional(Type.Boolean()),
    limit: Type.Optional(Type.Integer()),
    offset: Type.Optional(Type.Integer()),
  }),
  response: Type.Array(Account),
  handle: async ({ ctx, query }) => {
    const order = query.order === 'new' ? sql`a.id desc` : sql`a.last_status_at desc nulls last, a.id desc`
    const only = query.local ? sql`and d.is_local` : sql``
    const limit = Math.min(Math.max(query.limit ?? USUAL, 1), MOST)
    const offset = Math.min(Math.max(query.offset ?? 0, 0), 10_000)
    const found = await sql<{ id: Id }>`
      select a.id from accounts a join domains d on d.id = a.domain_id
      where a.discoverable and a.suspended_at is null and a.limited_at is null ${only}
      order by ${order} limit ${limit} offset ${offset}`.execute(ctx.db)
    const accounts = await presentAccounts(
      ctx,
      found.rows.map((row) => row.id),
    )
    return found.rows.map((row) => accounts.get(row.id)).filter((account) => account !== undefined)
  },
})

export const routes = [
  directoryRoute,
  emptyList('/api/v1/trends', 'List hashtags that are talked about', anyone),
  emptyList('/api/v1/trends/tags', 'List hashtags that are talked about', anyone),
  emptyList('/api/v1/trends/statuses', 'List posts that are talked about', anyone),
  emptyList('/api/v1/trends/links', 'List links that are talked about', anyone),
  emptyList('/api/v1/suggestions', 'Propose people to follow, in the older form', user('read:accounts')),
  emptyList('/api/v2/suggestions', 'Propose people to follow', user('read:accounts')),
]
