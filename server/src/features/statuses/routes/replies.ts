import { ReplyPolicy, Status } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { findAccount } from '#features/accounts'
import { requireVisibleStatus } from '#features/visibility'
import { ACTIVITY_JSON } from '#federation'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { anyone, route, user } from '#platform/http'
import { NOTE_CONTEXT } from '../note.ts'
import { presentStatuses } from '../present/present-statuses.ts'
import { approvalAddress } from '../replies/outbox.ts'
import { threadIdOf } from '../replies/rules.ts'
import { isSetAside, removeReply, restoreReply, setReplyPolicy } from '../replies/set-aside.ts'
import { findStatus } from '../store.ts'
import { requireOne } from './posts.ts'

const OneId = Type.Object({ id: Type.String() })

function actRoute(verb: string, summary: string, act: (tx: Tx, deciderId: Id, statusId: string) => Promise<void>) {
  return route({
    method: 'POST',
    path: `/api/hamlet/v1/statuses/:id/thread/${verb}`,
    summary,
    access: user('write:statuses'),
    params: OneId,
    response: Status,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => act(tx, viewer.accountId, params.id))
      return requireOne(await presentStatuses(ctx, viewer.accountId, [params.id]))
    },
  })
}

const policyRoute = route({
  method: 'PUT',
  path: '/api/hamlet/v1/statuses/:id/reply_policy',
  summary: 'Say who may write in a thread that you began, from now on',
  access: user('write:statuses'),
  params: OneId,
  body: Type.Object({ reply_policy: ReplyPolicy }),
  response: Status,
  handle: async ({ ctx, viewer, params, body }) => {
    const id = await requireVisibleStatus(ctx, viewer.accountId, params.id)
    await transact(ctx, (tx) => setReplyPolicy(tx, viewer.accountId, id, body.reply_policy))
    return requireOne(await presentStatuses(ctx, viewer.accountId, [id]))
  },
})

/** A reply that stands in a thread with a rule, for whoever checks that it may. */
async function findApproved(ctx: Context, authorId: string, replyId: string) {
  const reply = isId(replyId) ? await findStatus(ctx, replyId) : undefined
  const root = reply?.in_reply_to_id ? await findStatus(ctx, threadIdOf(reply)) : undefined
  const isGuest = reply && root?.is_local && root.account_id === authorId && root.reply_policy !== 'everyone'
  if (!isGuest || (await isSetAside(ctx, reply.id))) throw notFound()
  return { reply, root }
}

const approvalRoute = route({
  method: 'GET',
  path: '/ap/users/:id/reply_approvals/:statusId',
  summary: 'Show the leave that an account gave for a reply, as other servers read it',
  access: anyone,
  params: Type.Object({ id: Type.String(), statusId: Type.String() }),
  produces: ACTIVITY_JSON,
  response: Type.Object({}),
  handle: async ({ ctx, params, answer }) => {
    const author = isId(params.id) ? await findAccount(ctx, params.id) : undefined
    if (!author?.is_local || author.suspended_at) throw notFound()
    const { reply, root } = await findApproved(ctx, author.id, params.statusId)
    answer.header('Cache-Control', 'public, max-age=60')
    return {
      '@context': NOTE_CONTEXT,
      id: approvalAddress(author.uri, reply.id),
      type: 'ReplyApproval',
      attributedTo: author.uri,
      object: reply.uri,
      target: root.uri,
    }
  },
})

export const replyRoutes = [
  actRoute('remove', 'Take a reply out of a thread that you began', removeReply),
  actRoute('restore', 'Let a reply into a thread that you began', restoreReply),
  policyRoute,
  approvalRoute,
]
