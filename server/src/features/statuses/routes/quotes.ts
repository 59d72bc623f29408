import { QuotePolicy, Status } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { findAccount, findLocalAccount, type AccountRow } from '#features/accounts'
import { findUser } from '#features/users'
import { requireVisibleStatus } from '#features/visibility'
import { ACTIVITY_JSON } from '#federation'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { readPage } from '#platform/db'
import { anyone, linkPages, route, rowCursors, user, type Answer, type Route } from '#platform/http'
import { presentStatuses } from '../present/present-statuses.ts'
import { STAMP_CONTEXT } from '../quote/note.ts'
import { revokeQuote } from '../quote/revoke-quote.ts'
import { setQuotePolicy } from '../quote/set-policy.ts'
import { findQuote, listQuoting } from '../quote/store.ts'
import { findStatus } from '../store.ts'
import { requireOne } from './posts.ts'

const listRoute = route({
  method: 'GET',
  path: '/api/v1/statuses/:id/quotes',
  summary: 'List posts that quote a post with its author’s leave',
  access: user('read:statuses'),
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, params, query, target, answer }) => {
    const quoted = await findStatus(ctx, await requireVisibleStatus(ctx, viewer.accountId, params.id))
    if (!quoted) throw notFound()
    const page = readPage(query, 20)
    const found = await listQuoting(ctx, viewer.accountId, quoted, page)
    linkPages(answer, ctx.config.url, target, rowCursors(found.rowIds, page.limit))
    return presentStatuses(ctx, viewer.accountId, found.ids)
  },
})

const revokeRoute = route({
  method: 'POST',
  path: '/api/v1/statuses/:id/quotes/:quoting_id/revoke',
  summary: 'Take a post of your own out of a post that quotes it',
  access: user('write:statuses'),
  params: Type.Object({ id: Type.String(), quoting_id: Type.String() }),
  response: Status,
  handle: async ({ ctx, viewer, params }) => {
    const quotingId = await requireVisibleStatus(ctx, viewer.accountId, params.quoting_id)
    await transact(ctx, (tx) => revokeQuote(tx, viewer.accountId, { statusId: params.id, quotingId }))
    return requireOne(await presentStatuses(ctx, viewer.accountId, [quotingId]))
  },
})

function policyRoute(method: 'PUT' | 'PATCH'): Route {
  return route({
    method,
    path: '/api/v1/statuses/:id/interaction_policy',
    summary: 'Say who may quote a post of your own from now on; left out, it is as you usually say',
    access: user('write:statuses'),
    params: Type.Object({ id: Type.String() }),
    body: Type.Object({ quote_approval_policy: Type.Optional(QuotePolicy) }),
    response: Status,
    handle: async ({ ctx, viewer, params, body }) => {
      const id = await requireVisibleStatus(ctx, viewer.accountId, params.id)
      const usual = (await findUser(ctx, viewer.userId))?.default_quote_policy as QuotePolicy | undefined
      const wanted = body.quote_approval_policy ?? usual ?? 'public'
      await transact(ctx, (tx) => setQuotePolicy(tx, viewer.accountId, id, wanted))
      return requireOne(await presentStatuses(ctx, viewer.accountId, [id]))
    },
  })
}

const CACHED = 'public, max-age=60'

/** The stamp by which somebody here let a post quote theirs; it names both posts and shows neither (FEP-044f). */
async function presentStamp(ctx: Context, author: AccountRow | undefined, quoteId: string, answer: Answer) {
  const quote = author?.is_local && !author.suspended_at && isId(quoteId) ? await findQuote(ctx, quoteId) : undefined
  if (!author || quote?.state !== 'accepted' || quote.quoted_account_id !== author.id) throw notFound()
  const [quoting, quoted] = [
    await findStatus(ctx, quote.status_id),
    await findStatus(ctx, quote.quoted_status_id ?? '0'),
  ]
  if (!quoting || !quoted) throw notFound()
  answer.header('Cache-Control', CACHED)
  return {
    '@context': STAMP_CONTEXT,
    id: quote.authorization_uri,
    type: 'QuoteAuthorization',
    attributedTo: author.uri,
    interactingObject: quoting.uri,
    interactionTarget: quoted.uri,
  }
}

const stampRoute = route({
  method: 'GET',
  path: '/ap/users/:id/quote_authorizations/:quoteId',
  summary: 'Show the leave that an account gave for a quote, as other servers read it',
  access: anyone,
  params: Type.Object({ id: Type.String(), quoteId: Type.String() }),
  produces: ACTIVITY_JSON,
  response: Type.Object({}),
  handle: async ({ ctx, params: { id, quoteId }, answer }) =>
    presentStamp(ctx, isId(id) ? await findAccount(ctx, id) : undefined, quoteId, answer),
})

const namedStampRoute = route({
  method: 'GET',
  path: '/users/:name/quote_authorizations/:quoteId',
  summary: 'Show the same leave under the name of the account, where Mastodon has it',
  access: anyone,
  params: Type.Object({ name: Type.String(), quoteId: Type.String() }),
  produces: ACTIVITY_JSON,
  response: Type.Object({}),
  handle: async ({ ctx, params: { name, quoteId }, answer }) =>
    presentStamp(ctx, await findLocalAccount(ctx, name), quoteId, answer),
})

export const quoteRoutes = [
  listRoute,
  revokeRoute,
  policyRoute('PUT'),
  policyRoute('PATCH'),
  stampRoute,
  namedStampRoute,
]
