import { QuotePolicy, ReplyPolicy, Visibility, type Status } from '@hamlet/contract/status'
import { Type, type Static } from 'typebox'
import { presentAccounts } from '#features/profiles'
import { isId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import type { UserViewer } from '#platform/http'
import { noteRejection } from '../gate/judge.ts'
import { holdStatuses, LONGEST_HOLD } from '../held/hold-statuses.ts'
import { presentOwn } from '../present/present-held.ts'
import { createStatuses, type NewStatus } from '../write/create-status.ts'
import { onceAll } from '../write/idempotency.ts'
import { resolveMentions } from '../write/resolve-mentions.ts'
import { requireWithinRole } from '../write/role-limit.ts'
import { PollBody, readPollBody } from './poll-body.ts'

const text = Type.Optional(Type.String({ maxLength: 100_000 }))

/** What a post is made of, whether it is published, held or kept for later. */
export const NewPost = Type.Object({
  status: text,
  spoiler_text: text,
  visibility: Type.Optional(Visibility),
  sensitive: Type.Optional(Type.Boolean()),
  language: Type.Optional(Type.String({ maxLength: 20 })),
  in_reply_to_id: Type.Optional(Type.String()),
  quoted_status_id: Type.Optional(Type.String()),
  quote_approval_policy: Type.Optional(QuotePolicy),
  reply_policy: Type.Optional(ReplyPolicy),
  media_ids: Type.Optional(Type.Array(Type.String(), { maxItems: 100 })),
  allowed_mentions: Type.Optional(Type.Array(Type.String(), { maxItems: 500 })),
  poll: Type.Optional(PollBody),
})
export type NewPost = Static<typeof NewPost>

/** Seconds for which nobody but the author sees a post, who can still take it back. */
export const HoldFor = Type.Optional(Type.Integer({ minimum: 1, maximum: LONGEST_HOLD }))

/** Reads what a client asks for; a reply to, or a quote of, what can be no id is one of nothing. */
export function readNewStatus(viewer: UserViewer, body: NewPost): NewStatus {
  for (const named of [body.in_reply_to_id, body.quoted_status_id]) if (named && !isId(named)) throw notFound()
  const poll = readPollBody(body.poll)
  return {
    text: body.status ?? '',
    ...(viewer.applicationId ? { applicationId: viewer.applicationId } : {}),
    ...(body.spoiler_text === undefined ? {} : { spoilerText: body.spoiler_text }),
    ...(body.visibility === undefined ? {} : { visibility: body.visibility }),
    ...(body.sensitive === undefined ? {} : { sensitive: body.sensitive }),
    ...(body.language ? { language: body.language } : {}),
    ...(body.in_reply_to_id ? { inReplyToId: body.in_reply_to_id } : {}),
    ...(body.quoted_status_id ? { quotedId: body.quoted_status_id } : {}),
    ...(body.quote_approval_policy === undefined ? {} : { quotePolicy: body.quote_approval_policy }),
    ...(body.reply_policy === undefined ? {} : { replyPolicy: body.reply_policy }),
    ...(body.media_ids === undefined ? {} : { mediaIds: body.media_ids.filter(Boolean) }),
    ...(body.allowed_mentions === undefined ? {} : { allowedMentions: body.allowed_mentions }),
    ...(poll ? { poll } : {}),
  }
}

type Headers = Record<string, string | string[] | undefined>

/** The key under which a client may send the same again. */
export function readKey(headers: Headers): string | undefined {
  return [headers['idempotency-key']].flat()[0]
}

type Sent = { posts: readonly NewStatus[]; holdFor: number | undefined; key: string | undefined }

/** Publishes or holds what was sent, all or none, once per key; gives it as its author sees it. */
export async function writePosts(ctx: Context, accountId: string, { posts, holdFor, key }: Sent): Promise<Status[]> {
  await resolveMentions(ctx, posts.map((post) => post.text).join('\n'))
  const ids = await transact(ctx, (tx) =>
    onceAll(tx, accountId, key, async () => {
      await requireWithinRole(tx, accountId, posts.length)
      return holdFor === undefined ? createStatuses(tx, accountId, posts) : holdStatuses(tx, accountId, posts, holdFor)
    }),
  )
    .catch((error: unknown) => noteRejection(ctx, error))
    .catch((error: unknown) => nameUnexpected(ctx, error))
  return presentOwn(ctx, accountId, ids)
}

/** Apps are shown who the people are whom a text names beside the expected (mastodon-api 1.6, unexpected_accounts). */
async function nameUnexpected(ctx: Context, error: unknown): Promise<never> {
  const ids = error instanceof Refusal ? error.details.unexpected_accounts : undefined
  if (!(error instanceof Refusal) || !Array.isArray(ids)) throw error
  const accounts = await presentAccounts(ctx, ids as Id[])
  throw invalid(error.message, { unexpected_accounts: [...accounts.values()] })
}
