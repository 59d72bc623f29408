import { Account } from '@hamlet/contract/account'
import { Type } from 'typebox'
import { presentAccounts } from '#features/profiles'
import { transact } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, user } from '#platform/http'
import { addToList, removeFromList } from '../members.ts'
import { listMembers, requireOwnList } from '../store.ts'

const path = '/api/v1/lists/:id/accounts'
const ById = Type.Object({ id: Type.String() })
const USUAL = 40
const MOST_IDS = 1000
const People = Type.Object({ account_ids: Type.Optional(Type.Array(Type.String(), { maxItems: MOST_IDS })) })

const membersRoute = route({
  method: 'GET',
  path,
  summary: 'List who is in one of your lists; with a limit of 0, all of them',
  access: user('read:lists'),
  params: ById,
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
    min_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(Account),
  handle: async ({ ctx, viewer, params, query, answer, target }) => {
    const list = await requireOwnList(ctx, viewer.accountId, params.id)
    const page = readPage(query, USUAL)
    const isWhole = query.limit === 0
    const members = await listMembers(ctx, list.id, isWhole ? 'all' : page)
    if (!isWhole) linkPages(answer, ctx.config.url, target, rowCursors(members.rowIds, page.limit))
    const accounts = await presentAccounts(ctx, members.accountIds)
    return members.accountIds.map((id) => accounts.get(id)).filter((account) => account !== undefined)
  },
})

const addRoute = route({
  method: 'POST',
  path,
  summary: 'Put people whom you follow into one of your lists',
  access: user('write:lists'),
  params: ById,
  body: People,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, body }) => {
    await transact(ctx, (tx) => addToList(tx, viewer.accountId, params.id, body.account_ids ?? []))
    return {}
  },
})

/** Some apps send the ids of a deletion in the address, since not every client lets a body go with it. */
const removeRoute = route({
  method: 'DELETE',
  path,
  summary: 'Take people out of one of your lists',
  access: user('write:lists'),
  params: ById,
  query: People,
  body: People,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, query, body }) => {
    const ids = [...(query.account_ids ?? []), ...(body.account_ids ?? [])]
    await transact(ctx, (tx) => removeFromList(tx, viewer.accountId, params.id, ids))
    return {}
  },
})

export const memberRoutes = [membersRoute, addRoute, removeRoute]
