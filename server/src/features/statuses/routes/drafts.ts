import { Draft, DraftPoll, MOST_PARTS } from '@hamlet/contract/draft'
import { QuotePolicy, ReplyPolicy, Visibility } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { isId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route, user } from '#platform/http'
import { presentDrafts } from '../present/present-drafts.ts'
import { changeDraft, deleteDraft, saveNewDraft } from '../drafts/save-draft.ts'
import { once } from '../write/idempotency.ts'
import { readKey } from './new-status.ts'

const OneId = Type.Object({ id: Type.String() })
const text = Type.Optional(Type.String({ maxLength: 100_000 }))
const short = Type.Optional(Type.String({ maxLength: 20 }))
const Poll = Type.Object({
  ...DraftPoll.properties,
  options: Type.Array(Type.String({ maxLength: 500 }), { maxItems: 20 }),
})
const Part = Type.Object({
  text,
  spoiler_text: text,
  sensitive: Type.Optional(Type.Boolean()),
  poll: Type.Optional(Poll),
  media_ids: Type.Optional(Type.Array(Type.String(), { maxItems: 20 })),
})
const fields = {
  visibility: Type.Optional(Visibility),
  quote_approval_policy: Type.Optional(QuotePolicy),
  reply_policy: Type.Optional(ReplyPolicy),
  language: short,
  in_reply_to_id: short,
  quoted_status_id: short,
  parts: Type.Array(Part, { minItems: 1, maxItems: MOST_PARTS }),
}

async function requireDraft(ctx: Context, accountId: Id, id: string): Promise<Draft> {
  const [draft] = isId(id) ? await presentDrafts(ctx, accountId, [id]) : []
  if (!draft) throw notFound()
  return draft
}

const listRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/drafts',
  summary: 'List what you are writing, the last change first',
  access: user('read:statuses'),
  response: Type.Array(Draft),
  handle: ({ ctx, viewer }) => presentDrafts(ctx, viewer.accountId),
})

const showRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/drafts/:id',
  summary: 'Show something that you are writing',
  access: user('read:statuses'),
  params: OneId,
  response: Draft,
  handle: ({ ctx, viewer, params }) => requireDraft(ctx, viewer.accountId, params.id),
})

const createRoute = route({
  method: 'POST',
  path: '/api/hamlet/v1/drafts',
  summary: 'Keep something that you are writing',
  access: user('write:statuses'),
  body: Type.Object(fields),
  response: Draft,
  handle: async ({ ctx, viewer, body, headers }) => {
    const id = await transact(ctx, (tx) =>
      once(tx, viewer.accountId, readKey(headers), () => saveNewDraft(tx, viewer.accountId, body)),
    )
    return requireDraft(ctx, viewer.accountId, id)
  },
})

const changeRoute = route({
  method: 'PUT',
  path: '/api/hamlet/v1/drafts/:id',
  summary: 'Replace a draft; the answer to an older version is the newer one, with status 409',
  access: user('write:statuses'),
  params: OneId,
  body: Type.Object({ ...fields, version: Type.Integer() }),
  response: Draft,
  handle: async ({ ctx, viewer, params, body }) => {
    const { id } = await requireDraft(ctx, viewer.accountId, params.id)
    const isChanged = await transact(ctx, (tx) =>
      changeDraft(tx, viewer.accountId, { id, version: body.version }, body),
    )
    const draft = await requireDraft(ctx, viewer.accountId, id)
    if (!isChanged) throw new Refusal('conflict', 'The draft was changed elsewhere', { details: { draft } })
    return draft
  },
})

const deleteRoute = route({
  method: 'DELETE',
  path: '/api/hamlet/v1/drafts/:id',
  summary: 'Throw away something that you were writing',
  access: user('write:statuses'),
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => deleteDraft(tx, viewer.accountId, params.id))
    return {}
  },
})

export const draftRoutes = [listRoute, showRoute, createRoute, changeRoute, deleteRoute]
