import { Relationship } from '@hamlet/contract/relationship'
import { Type, type Static, type TSchema } from 'typebox'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { route, user, type RateLimit, type Route } from '#platform/http'
import { answerFollowRequest, removeFollower } from './answer-request.ts'
import { blockAccount, unblockAccount } from './block.ts'
import { endorseAccount, unendorseAccount } from './endorse.ts'
import { followAccount, unfollowAccount } from './follow.ts'
import { muteAccount, noteAccount, unmuteAccount } from './mute.ts'
import { presentRelationships } from './present.ts'

const DAY_MS = 24 * 3_600_000
/** mastodon-api 1.4: follows share a family of 400 in a day. */
const followLimit: RateLimit = { family: 'follows', max: 400, windowMs: DAY_MS }
const MOST_IDS = 100

type Act<B extends TSchema> = {
  path: string
  summary: string
  scope: string
  body: B
  limit?: RateLimit
  act(tx: Tx, accountId: Id, targetId: Id, body: Static<B>): Promise<void>
}

/** An act upon one account: done in one transaction, answered with how things stand afterwards. */
function actRoute<B extends TSchema>(act: Act<B>): Route {
  return route({
    method: 'POST',
    path: act.path,
    summary: act.summary,
    access: user(act.scope),
    params: Type.Object({ id: Type.String() }),
    body: act.body,
    response: Relationship,
    ...(act.limit ? { limit: act.limit } : {}),
    handle: async ({ ctx, viewer, params, body }) => {
      const targetId = params.id
      if (!isId(targetId)) throw notFound()
      await transact(ctx, (tx) => act.act(tx, viewer.accountId, targetId, body))
      const [relationship] = await presentRelationships(ctx, viewer.accountId, [targetId])
      if (!relationship) throw notFound()
      return relationship
    },
  })
}

const nothing = Type.Object({})
const account = (verb: string) => `/api/v1/accounts/:id/${verb}`

export const routes = [
  actRoute({
    path: account('follow'),
    summary: 'Follow an account, or change how',
    scope: 'follow|write:follows',
    body: Type.Object({
      reblogs: Type.Optional(Type.Boolean()),
      notify: Type.Optional(Type.Boolean()),
      languages: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 100 })),
    }),
    limit: followLimit,
    act: (tx, accountId, targetId, body) =>
      followAccount(tx, accountId, targetId, {
        ...(body.reblogs === undefined ? {} : { reblogs: body.reblogs }),
        ...(body.notify === undefined ? {} : { notify: body.notify }),
        ...(body.languages === undefined ? {} : { languages: body.languages }),
      }),
  }),
  actRoute({
    path: account('unfollow'),
    summary: 'Stop following, or take a request back',
    scope: 'follow|write:follows',
    body: nothing,
    act: (tx, accountId, targetId) => unfollowAccount(tx, accountId, targetId),
  }),
  actRoute({
    path: account('remove_from_followers'),
    summary: 'Send a follower away',
    scope: 'follow|write:follows',
    body: nothing,
    act: removeFollower,
  }),
  actRoute({
    path: account('block'),
    summary: 'Block an account',
    scope: 'follow|write:blocks',
    body: nothing,
    act: (tx, accountId, targetId) => blockAccount(tx, accountId, targetId),
  }),
  actRoute({
    path: account('unblock'),
    summary: 'End a block',
    scope: 'follow|write:blocks',
    body: nothing,
    act: unblockAccount,
  }),
  actRoute({
    path: account('mute'),
    summary: 'Mute an account',
    scope: 'follow|write:mutes',
    body: Type.Object({
      notifications: Type.Optional(Type.Boolean()),
      duration: Type.Optional(Type.Integer({ minimum: 0, maximum: 3_153_600_000 })),
    }),
    act: (tx, accountId, targetId, body) =>
      muteAccount(tx, accountId, targetId, {
        notifications: body.notifications ?? true,
        durationSeconds: body.duration ?? 0,
      }),
  }),
  actRoute({
    path: account('unmute'),
    summary: 'End a mute',
    scope: 'follow|write:mutes',
    body: nothing,
    act: unmuteAccount,
  }),
  actRoute({
    path: account('note'),
    summary: 'Keep a private note about an account',
    scope: 'write:accounts',
    body: Type.Object({ comment: Type.Optional(Type.String({ maxLength: 2000 })) }),
    act: (tx, accountId, targetId, body) => noteAccount(tx, accountId, targetId, body.comment ?? ''),
  }),
  // The older names of both are still in use (mastodon-api 1.4).
  ...['endorse', 'pin'].map((verb) =>
    actRoute({
      path: account(verb),
      summary: 'Show somebody on your profile',
      scope: 'write:accounts',
      body: nothing,
      act: endorseAccount,
    }),
  ),
  ...['unendorse', 'unpin'].map((verb) =>
    actRoute({
      path: account(verb),
      summary: 'Show somebody on your profile no longer',
      scope: 'write:accounts',
      body: nothing,
      act: unendorseAccount,
    }),
  ),
  actRoute({
    path: '/api/v1/follow_requests/:id/authorize',
    summary: 'Let a waiting follower in',
    scope: 'follow|write:follows',
    body: nothing,
    act: (tx, accountId, followerId) => answerFollowRequest(tx, accountId, followerId, 'authorize'),
  }),
  actRoute({
    path: '/api/v1/follow_requests/:id/reject',
    summary: 'Turn a waiting follower away',
    scope: 'follow|write:follows',
    body: nothing,
    act: (tx, accountId, followerId) => answerFollowRequest(tx, accountId, followerId, 'reject'),
  }),
  route({
    method: 'GET',
    path: '/api/v1/accounts/relationships',
    summary: 'Show how you stand to accounts',
    access: user('read:follows'),
    query: Type.Object({ id: Type.Optional(Type.Array(Type.String(), { maxItems: MOST_IDS })) }),
    response: Type.Array(Relationship),
    handle: async ({ ctx, viewer, query }) =>
      presentRelationships(ctx, viewer.accountId, (query.id ?? []).filter(isId)),
  }),
]
