import { isHiddenIn } from '@hamlet/contract/filter'
import { Context as Thread, QuotePolicy, Status, Visibility } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { refreshPoll } from '#features/polls'
import { presentAccounts } from '#features/profiles'
import { requireVisibleStatus } from '#features/visibility'
import { findLedger } from '#federation'
import { isId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { reader, route, user } from '#platform/http'
import { presentStatuses } from '../present/present-statuses.ts'
import { findStatus } from '../store.ts'
import { anonymousLimits, listAncestors, listDescendants, signedInLimits } from '../thread.ts'
import { createStatus } from '../write/create-status.ts'
import { deleteStatus } from '../write/delete-status.ts'
import { resolveMentions } from '../write/resolve-mentions.ts'
import { once } from '../write/idempotency.ts'
import { PollBody, readPollBody } from './poll-body.ts'

const OneId = Type.Object({ id: Type.String() })
const MOST_IDS = 20

const createRoute = route({
  method: 'POST',
  path: '/api/v1/statuses',
  summary: 'Write a post',
  access: user('write:statuses'),
  body: Type.Object({
    status: Type.Optional(Type.String({ maxLength: 100_000 })),
    spoiler_text: Type.Optional(Type.String({ maxLength: 100_000 })),
    visibility: Type.Optional(Visibility),
    sensitive: Type.Optional(Type.Boolean()),
    language: Type.Optional(Type.String({ maxLength: 20 })),
    in_reply_to_id: Type.Optional(Type.String()),
    quoted_status_id: Type.Optional(Type.String()),
    quote_approval_policy: Type.Optional(QuotePolicy),
    media_ids: Type.Optional(Type.Array(Type.String())),
    allowed_mentions: Type.Optional(Type.Array(Type.String(), { maxItems: 500 })),
    poll: Type.Optional(PollBody),
  }),
  response: Status,
  limit: { family: 'statuses', max: 300, windowMs: 3 * 3_600_000 },
  handle: async ({ ctx, viewer, body, headers }) => {
    const key = [headers['idempotency-key']].flat()[0]
    for (const named of [body.in_reply_to_id, body.quoted_status_id]) if (named && !isId(named)) throw notFound()
    await resolveMentions(ctx, body.status ?? '')
    const poll = readPollBody(body.poll)
    const id = await transact(ctx, (tx) =>
      once(tx, viewer.accountId, key, () =>
        createStatus(tx, viewer.accountId, {
          text: body.status ?? '',
          ...(viewer.applicationId ? { applicationId: viewer.applicationId } : {}),
          ...(body.spoiler_text === undefined ? {} : { spoilerText: body.spoiler_text }),
          ...(body.visibility === undefined ? {} : { visibility: body.visibility }),
          ...(body.sensitive === undefined ? {} : { sensitive: body.sensitive }),
          ...(body.language ? { language: body.language } : {}),
          ...(body.in_reply_to_id ? { inReplyToId: body.in_reply_to_id } : {}),
          ...(body.quoted_status_id ? { quotedId: body.quoted_status_id } : {}),
          ...(body.quote_approval_policy === undefined ? {} : { quotePolicy: body.quote_approval_policy }),
          ...(body.media_ids === undefined ? {} : { mediaIds: body.media_ids.filter(Boolean) }),
          ...(body.allowed_mentions === undefined ? {} : { allowedMentions: body.allowed_mentions }),
          ...(poll ? { poll } : {}),
        }),
      ),
    ).catch((error: unknown) => nameUnexpected(ctx, error))
    return requireOne(await presentStatuses(ctx, viewer.accountId, [id]))
  },
})

/** Apps are shown who the people are whom a text names beside the expected (mastodon-api 1.6, unexpected_accounts). */
async function nameUnexpected(ctx: Context, error: unknown): Promise<never> {
  const ids = error instanceof Refusal ? error.details.unexpected_accounts : undefined
  if (!(error instanceof Refusal) || !Array.isArray(ids)) throw error
  const accounts = await presentAccounts(ctx, ids as Id[])
  throw invalid(error.message, { unexpected_accounts: [...accounts.values()] })
}

const listRoute = route({
  method: 'GET',
  path: '/api/v1/statuses',
  summary: 'Show several posts',
  access: reader('read:statuses'),
  query: Type.Object({ id: Type.Optional(Type.Array(Type.String())) }),
  response: Type.Array(Type.Ref('Status')),
  handle: async ({ ctx, viewer, query }) => {
    const ids = query.id ?? []
    if (ids.length > MOST_IDS) throw invalid(`Validation failed: at most ${MOST_IDS} posts can be asked for at once`)
    return presentStatuses(ctx, viewer?.accountId ?? null, ids)
  },
})

const showRoute = route({
  method: 'GET',
  path: '/api/v1/statuses/:id',
  summary: 'Show a post',
  access: reader('read:statuses'),
  params: OneId,
  response: Status,
  handle: async ({ ctx, viewer, params }) => {
    const viewerId = viewer?.accountId ?? null
    const shown = requireOne(await presentStatuses(ctx, viewerId, [params.id]))
    if (viewerId !== null && shown.poll) await refreshPoll(ctx, shown.poll.id)
    return addLedger(ctx, viewerId, shown)
  },
})

const deleteRoute = route({
  method: 'DELETE',
  path: '/api/v1/statuses/:id',
  summary: 'Delete a post of your own; the answer holds its text, to write it anew',
  access: user('write:statuses'),
  params: OneId,
  query: Type.Object({ delete_media: Type.Optional(Type.Boolean()) }),
  body: Type.Object({ delete_media: Type.Optional(Type.Boolean()) }),
  response: Status,
  limit: { family: 'deletions', max: 30, windowMs: 30 * 60_000 },
  handle: async ({ ctx, viewer, params, query, body }) => {
    const shown = requireOne(await presentStatuses(ctx, viewer.accountId, [params.id]))
    const { content: _, ...rest } = shown
    const text = (await findStatus(ctx, shown.id))?.text ?? ''
    const media = (query.delete_media ?? body.delete_media) ? 'delete' : 'keep'
    await transact(ctx, (tx) => deleteStatus(tx, viewer.accountId, shown.id, media))
    return { ...rest, text }
  },
})

const contextRoute = route({
  method: 'GET',
  path: '/api/v1/statuses/:id/context',
  summary: 'Show what stands above and below a post',
  access: reader('read:statuses'),
  params: OneId,
  response: Thread,
  handle: async ({ ctx, viewer, params }) => {
    const viewerId = viewer?.accountId ?? null
    const id = await requireVisibleStatus(ctx, viewerId, params.id)
    const limits = viewerId === null ? anonymousLimits : signedInLimits
    const above = await listAncestors(ctx, viewerId, id, limits)
    const below = await listDescendants(ctx, viewerId, id, limits)
    const shown = new Map(
      (await presentStatuses(ctx, viewerId, [...above, ...below])).map((status) => [status.id, status]),
    )
    const pick = (ids: string[]) =>
      ids
        .map((one) => shown.get(one))
        .filter((status) => status !== undefined)
        .filter((status) => !isHiddenIn(status.filtered, 'thread'))
    return { ancestors: pick(above), descendants: pick(below) }
  },
})

/** Authors are told how far their post has come; nobody else. A member of ours beside Mastodon's. */
async function addLedger(ctx: Context, viewerId: Id | null, status: Status): Promise<Status> {
  if (viewerId === null || status.account.id !== viewerId) return status
  const deliveries = (await findLedger(ctx, [status.id])).get(status.id)
  return deliveries ? { ...status, hamlet: { deliveries } } : status
}

export function requireOne(statuses: Status[]): Status {
  const [status] = statuses
  if (!status) throw notFound()
  return status
}

export const postRoutes = [createRoute, listRoute, showRoute, deleteRoute, contextRoute]
