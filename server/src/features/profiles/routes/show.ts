import { Account } from '@hamlet/contract/account'
import { Type } from 'typebox'
import { findAccountByAcct } from '#features/accounts'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { reader, route } from '#platform/http'
import { presentAccount } from '../present.ts'

export const showRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/accounts/lookup',
    summary: 'Find an account by its handle, in the database only',
    access: reader('read:accounts'),
    query: Type.Object({ acct: Type.String({ maxLength: 500 }) }),
    response: Account,
    handle: async ({ ctx, query }) => {
      const row = await findAccountByAcct(ctx, query.acct)
      if (!row) throw notFound()
      return presentAccount(ctx, row.id)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/accounts/:id',
    summary: 'Show an account',
    access: reader('read:accounts'),
    params: Type.Object({ id: Type.String() }),
    response: Account,
    handle: async ({ ctx, params }) => {
      if (!isId(params.id)) throw notFound()
      return presentAccount(ctx, params.id)
    },
  }),
]
