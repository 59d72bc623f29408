import { Account } from '@hamlet/contract/account'
import { Type } from 'typebox'
import { findAccountByAcct, requireAccount } from '#features/accounts'
import { isId } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { reader, route, user } from '#platform/http'
import { presentAccount, presentAccounts } from '../present.ts'

const MOST_IDS = 40
/** mastodon-api 1.0: deprecated since 2022-03-30. */
const PROOFS_SINCE = '@1648598400'

export const showRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/accounts',
    summary: 'Show several accounts',
    access: reader('read:accounts'),
    query: Type.Object({ id: Type.Optional(Type.Array(Type.String())) }),
    response: Type.Array(Account),
    handle: async ({ ctx, query }) => {
      const ids = [...new Set(query.id ?? [])]
      if (ids.length > MOST_IDS)
        throw invalid(`Validation failed: at most ${MOST_IDS} accounts can be asked for at once`)
      const accounts = await presentAccounts(ctx, ids.filter(isId))
      return ids.map((id) => accounts.get(id)).filter((account) => account !== undefined)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/accounts/:id/identity_proofs',
    summary: 'List proofs of who somebody is elsewhere: none, as on every server since Mastodon gave them up',
    access: user('read:accounts'),
    coverage: 'as-there',
    params: Type.Object({ id: Type.String() }),
    response: Type.Array(Type.Unknown()),
    handle: async ({ ctx, params, answer }) => {
      await requireAccount(ctx, params.id)
      answer.header('Deprecation', PROOFS_SINCE)
      return []
    },
  }),
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
