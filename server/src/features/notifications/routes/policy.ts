import { NotificationPolicy, V1NotificationPolicy } from '@hamlet/contract/notification'
import { Type } from 'typebox'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'
import { findPolicies, policyAnswers, policyClasses, updatePolicy, type Policy, type PolicyAnswer } from '../policy.ts'
import { countRequests } from '../requests.ts'
import { reads, writes } from './lists.ts'

async function readPolicy(ctx: Context, accountId: Id) {
  const policy = (await findPolicies(ctx, [accountId])).get(accountId) as Policy
  const waiting = await countRequests(ctx, accountId)
  const summary = {
    pending_requests_count: waiting.requests,
    pending_notifications_count: waiting.notifications,
  }
  return { policy, summary }
}

async function presentPolicy(ctx: Context, accountId: Id): Promise<NotificationPolicy> {
  const { policy, summary } = await readPolicy(ctx, accountId)
  return { ...policy, summary }
}

/** The older shape knows yes and no alone (mastodon-api 1.11, V1). */
async function presentOldPolicy(ctx: Context, accountId: Id): Promise<V1NotificationPolicy> {
  const { policy, summary } = await readPolicy(ctx, accountId)
  return {
    filter_not_following: policy.for_not_following !== 'accept',
    filter_not_followers: policy.for_not_followers !== 'accept',
    filter_new_accounts: policy.for_new_accounts !== 'accept',
    filter_private_mentions: policy.for_private_mentions !== 'accept',
    filter_bots: policy.for_bots !== 'accept',
    summary,
  }
}

const one = Type.Optional(Type.Unsafe<PolicyAnswer>({ type: 'string', enum: [...policyAnswers] }))
const Changes = Type.Object({
  for_not_following: one,
  for_not_followers: one,
  for_new_accounts: one,
  for_private_mentions: one,
  for_limited_accounts: one,
  for_bots: one,
})
const flag = Type.Optional(Type.Boolean())
const OldChanges = Type.Object({
  filter_not_following: flag,
  filter_not_followers: flag,
  filter_new_accounts: flag,
  filter_private_mentions: flag,
  filter_bots: flag,
})

const pick = (body: Partial<Policy>): Partial<Policy> =>
  Object.fromEntries(policyClasses.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]))

function changeRoute(method: 'PATCH' | 'PUT') {
  return route({
    method,
    path: '/api/v2/notifications/policy',
    summary: 'Change whose acts you are told of',
    access: writes,
    body: Changes,
    response: NotificationPolicy,
    handle: async ({ ctx, viewer, body }) => {
      await transact(ctx, (tx) => updatePolicy(tx, viewer.accountId, pick(body)))
      return presentPolicy(ctx, viewer.accountId)
    },
  })
}

function oldChangeRoute(method: 'PATCH' | 'PUT') {
  return route({
    method,
    path: '/api/v1/notifications/policy',
    summary: 'Change whose acts you are told of, in the older shape',
    access: writes,
    body: OldChanges,
    response: V1NotificationPolicy,
    handle: async ({ ctx, viewer, body }) => {
      const entries = Object.entries(body).filter(([, value]) => typeof value === 'boolean')
      const changes = Object.fromEntries(
        entries.map(([name, value]) => [name.replace('filter_', 'for_'), value ? 'filter' : 'accept']),
      )
      await transact(ctx, (tx) => updatePolicy(tx, viewer.accountId, pick(changes)))
      return presentOldPolicy(ctx, viewer.accountId)
    },
  })
}

export const policyRoutes = [
  route({
    method: 'GET',
    path: '/api/v2/notifications/policy',
    summary: 'Show whose acts you are told of',
    access: reads,
    response: NotificationPolicy,
    handle: async ({ ctx, viewer }) => presentPolicy(ctx, viewer.accountId),
  }),
  route({
    method: 'GET',
    path: '/api/v1/notifications/policy',
    summary: 'Show whose acts you are told of, in the older shape',
    access: reads,
    response: V1NotificationPolicy,
    handle: async ({ ctx, viewer }) => presentOldPolicy(ctx, viewer.accountId),
  }),
  changeRoute('PATCH'),
  changeRoute('PUT'),
  oldChangeRoute('PATCH'),
  oldChangeRoute('PUT'),
]
