import { List } from '@hamlet/contract/list'
import { Type, type Static } from 'typebox'
import { requireAccount } from '#features/accounts'
import { transact } from '#platform/context'
import { route, user } from '#platform/http'
import { listHolding, listOwned, requireOwnList } from '../store.ts'
import { changeList, createList, deleteList, type ListInput } from '../write-list.ts'

const ById = Type.Object({ id: Type.String() })
/** What does not fit is refused by the verbs, in the words that apps know. */
const Fields = Type.Object({
  title: Type.Optional(Type.String()),
  replies_policy: Type.Optional(Type.String()),
  exclusive: Type.Optional(Type.Boolean()),
})

function readFields(body: Static<typeof Fields>): ListInput {
  return { title: body.title, repliesPolicy: body.replies_policy, exclusive: body.exclusive }
}

export const listRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/lists',
    summary: 'List your lists',
    access: user('read:lists'),
    response: Type.Array(List),
    handle: ({ ctx, viewer }) => listOwned(ctx, viewer.accountId),
  }),
  route({
    method: 'POST',
    path: '/api/v1/lists',
    summary: 'Make a list',
    access: user('write:lists'),
    body: Fields,
    response: List,
    handle: ({ ctx, viewer, body }) => transact(ctx, (tx) => createList(tx, viewer.accountId, readFields(body))),
  }),
  route({
    method: 'GET',
    path: '/api/v1/lists/:id',
    summary: 'Show one of your lists',
    access: user('read:lists'),
    params: ById,
    response: List,
    handle: ({ ctx, viewer, params }) => requireOwnList(ctx, viewer.accountId, params.id),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/lists/:id',
    summary: 'Change one of your lists',
    access: user('write:lists'),
    params: ById,
    body: Fields,
    response: List,
    handle: ({ ctx, viewer, params, body }) =>
      transact(ctx, (tx) => changeList(tx, viewer.accountId, params.id, readFields(body))),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/lists/:id',
    summary: 'Delete one of your lists',
    access: user('write:lists'),
    params: ById,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => deleteList(tx, viewer.accountId, params.id))
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/accounts/:id/lists',
    summary: 'List your lists that hold an account',
    access: user('read:lists'),
    params: ById,
    response: Type.Array(List),
    handle: async ({ ctx, viewer, params }) => {
      await requireAccount(ctx, params.id)
      return listHolding(ctx, viewer.accountId, params.id)
    },
  }),
]
