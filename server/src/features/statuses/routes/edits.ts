import { QuotePolicy, Status, StatusEdit, StatusSource } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { findAccount } from '#features/accounts'
import { presentEmojisIn } from '#features/emojis'
import { presentAccount } from '#features/profiles'
import { presentMediaOf } from '#features/media'
import { findPoll } from '#features/polls'
import { requireVisibleStatus } from '#features/visibility'
import { notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { reader, route, user } from '#platform/http'
import { noteRejection } from '../gate/judge.ts'
import { requireOwnOrVisible } from '../held/store.ts'
import { presentOwn } from '../present/present-held.ts'
import { presentStatuses } from '../present/present-statuses.ts'
import { findQuotesOf } from '../quote/store.ts'
import { findStatus, listEdits } from '../store.ts'
import { editStatus } from '../write/edit-status.ts'
import { resolveMentions } from '../write/resolve-mentions.ts'
import { PollBody, readPollBody } from './poll-body.ts'
import { requireOne } from './posts.ts'

const OneId = Type.Object({ id: Type.String() })
const text = Type.Optional(Type.String({ maxLength: 100_000 }))

const editRoute = route({
  method: 'PUT',
  path: '/api/v1/statuses/:id',
  summary: 'Edit a post of your own: what is left out is taken as empty',
  access: user('write:statuses'),
  params: OneId,
  body: Type.Object({
    status: text,
    spoiler_text: text,
    sensitive: Type.Optional(Type.Boolean()),
    language: Type.Optional(Type.String({ maxLength: 20 })),
    media_ids: Type.Optional(Type.Array(Type.String(), { maxItems: 100 })),
    media_attributes: Type.Optional(
      Type.Array(Type.Object({ id: Type.String(), description: text, focus: Type.Optional(Type.String()) }), {
        maxItems: 100,
      }),
    ),
    quote_approval_policy: Type.Optional(QuotePolicy),
    poll: Type.Optional(PollBody),
  }),
  response: Status,
  handle: async ({ ctx, viewer, params, body }) => {
    const id = await requireOwnOrVisible(ctx, viewer.accountId, params.id)
    await resolveMentions(ctx, body.status ?? '')
    await transact(ctx, (tx) =>
      editStatus(tx, viewer.accountId, id, {
        text: body.status ?? '',
        spoilerText: body.spoiler_text,
        sensitive: body.sensitive,
        language: body.language,
        mediaIds: body.media_ids,
        mediaWords: body.media_attributes,
        quotePolicy: body.quote_approval_policy,
        poll: readPollBody(body.poll),
      }),
    ).catch((error: unknown) => noteRejection(ctx, error))
    return requireOne(await presentOwn(ctx, viewer.accountId, [id]))
  },
})

const sourceRoute = route({
  method: 'GET',
  path: '/api/v1/statuses/:id/source',
  summary: 'Show a post of your own as it was typed',
  access: user('read:statuses'),
  params: OneId,
  response: StatusSource,
  handle: async ({ ctx, viewer, params }) => {
    const row = await findStatus(ctx, await requireOwnOrVisible(ctx, viewer.accountId, params.id))
    if (!row) throw notFound()
    return { id: row.id, text: row.text, spoiler_text: row.spoiler_text }
  },
})

const historyRoute = route({
  method: 'GET',
  path: '/api/v1/statuses/:id/history',
  summary: 'List the versions of a post, oldest first',
  access: reader('read:statuses'),
  params: OneId,
  response: Type.Array(StatusEdit),
  handle: async ({ ctx, viewer, params }) => {
    const row = await findStatus(ctx, await requireVisibleStatus(ctx, viewer?.accountId ?? null, params.id))
    if (!row) throw notFound()
    const account = await presentAccount(ctx, row.account_id)
    const media = (await presentMediaOf(ctx, [row.id])).get(row.id) ?? []
    const versions = await listEdits(ctx, row.id)
    const [shownNow] = await presentStatuses(ctx, viewer?.accountId ?? null, [row.id])
    const quote = (await findQuotesOf(ctx, [row.id])).get(row.id)
    const poll = await findPoll(ctx, row.id)
    const parts = {
      media_ids: media.map((one) => one.id),
      quote_id: quote?.id ?? null,
      poll_options: poll?.options ?? null,
    }
    const shown = versions.length > 0 ? versions : [{ ...row, ...parts }]
    const host = (await findAccount(ctx, row.account_id))?.host ?? ctx.config.domain
    const textsOf = (version: (typeof shown)[number]) => [
      version.spoiler_text,
      version.content,
      ...(version.poll_options ?? []),
    ]
    const emojis = await presentEmojisIn(
      ctx,
      shown.map((version) => ({ host, texts: textsOf(version) })),
    )
    return shown.map((version, index) => ({
      content: version.content,
      spoiler_text: version.spoiler_text,
      sensitive: version.sensitive,
      created_at: version.created_at,
      account,
      media_attachments: media.filter((one) => version.media_ids.includes(one.id)),
      emojis: emojis[index] ?? [],
      // The quote as it stands today; one that another version had in its place is no more.
      quote: version.quote_id !== null && version.quote_id === quote?.id ? (shownNow?.quote ?? null) : null,
      ...(version.poll_options ? { poll: { options: version.poll_options.map((title) => ({ title })) } } : {}),
    }))
  },
})

export const editRoutes = [editRoute, sourceRoute, historyRoute]
