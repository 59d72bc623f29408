import { Type } from 'typebox'
import { requireAccount } from '#features/accounts'
import { Refusal } from '#lib/refusal'
import { anyone, reader, route, user } from '#platform/http'

/** What apps ask every server for and this one has nothing of: said truthfully, so that none of them stumbles. */
const yearsRoute = route({
  method: 'GET',
  path: '/api/v1/annual_reports',
  summary: 'List looks back at a year; none are made here',
  access: user('read:accounts'),
  coverage: 'empty',
  response: Type.Object({
    annual_reports: Type.Array(Type.Unknown()),
    accounts: Type.Array(Type.Unknown()),
    statuses: Type.Array(Type.Unknown()),
  }),
  handle: async () => ({ annual_reports: [], accounts: [], statuses: [] }),
})

const yearStateRoute = route({
  method: 'GET',
  path: '/api/v1/annual_reports/:year/state',
  summary: 'Say whether a look back at a year can be had; it cannot',
  access: user('read:accounts'),
  coverage: 'empty',
  params: Type.Object({ year: Type.String() }),
  response: Type.Object({ state: Type.Literal('ineligible') }),
  handle: async () => ({ state: 'ineligible' as const }),
})

const Collections = Type.Object({ collections: Type.Array(Type.Unknown()) })
const OneAccount = Type.Object({ account_id: Type.String() })

const collectionsRoute = route({
  method: 'GET',
  path: '/api/v1/accounts/:account_id/collections',
  summary: 'List collections of people that somebody keeps; nobody can keep any here',
  access: reader('read:collections'),
  coverage: 'empty',
  params: OneAccount,
  response: Collections,
  handle: async ({ ctx, params }) => {
    await requireAccount(ctx, params.account_id)
    return { collections: [] }
  },
})

const inCollectionsRoute = route({
  method: 'GET',
  path: '/api/v1/accounts/:account_id/in_collections',
  summary: 'List collections that somebody is in, for themselves; there are none here',
  access: user('read:collections'),
  coverage: 'empty',
  params: OneAccount,
  response: Collections,
  handle: async ({ ctx, viewer, params }) => {
    const { id } = await requireAccount(ctx, params.account_id)
    if (id !== viewer.accountId) throw new Refusal('forbidden', 'This action is not allowed')
    return { collections: [] }
  },
})

/** Nobody asks for money here: Mastodon answers the same where no campaign runs. */
const campaignsRoute = route({
  method: 'GET',
  path: '/api/v1/donation_campaigns',
  summary: 'Show a call for donations; there is none, which is answered by 204',
  access: user('read'),
  coverage: 'as-there',
  response: Type.Null(),
  handle: async ({ answer }) => {
    answer.status(204)
  },
})

const translationRoute = route({
  method: 'GET',
  path: '/api/v1/instance/translation_languages',
  summary: 'List what can be translated: nothing, as on every server without a translator',
  access: anyone,
  coverage: 'as-there',
  response: Type.Object({}),
  handle: async () => ({}),
})

export const elsewhereRoutes = [
  collectionsRoute,
  inCollectionsRoute,
  yearsRoute,
  yearStateRoute,
  campaignsRoute,
  translationRoute,
]
