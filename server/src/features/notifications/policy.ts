import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

export const policyAnswers = ['accept', 'filter', 'drop'] as const
export type PolicyAnswer = (typeof policyAnswers)[number]

/** Six classes of senders, and what happens to what they do (mastodon-features 4, Policy). */
export const policyClasses = [
  'for_not_following',
  'for_not_followers',
  'for_new_accounts',
  'for_private_mentions',
  'for_limited_accounts',
  'for_bots',
] as const
export type PolicyClass = (typeof policyClasses)[number]
export type Policy = Record<PolicyClass, PolicyAnswer>

const usual: Policy = {
  for_not_following: 'accept',
  for_not_followers: 'accept',
  for_new_accounts: 'accept',
  for_private_mentions: 'filter',
  for_limited_accounts: 'filter',
  for_bots: 'accept',
}

/** The policies of these people; who never changed theirs has the usual one. One query. */
export async function findPolicies(ctx: Context, accountIds: readonly Id[]): Promise<Map<Id, Policy>> {
  const rows = await ctx.db
    .selectFrom('notification_policies')
    .select(['account_id', ...policyClasses])
    .where('account_id', '=', sql<string>`any(${[...accountIds]}::bigint[])`)
    .execute()
  const known = new Map(rows.map(({ account_id, ...policy }) => [account_id, policy as Policy]))
  return new Map(accountIds.map((id) => [id, known.get(id) ?? usual]))
}

export async function updatePolicy(tx: Tx, accountId: Id, changes: Partial<Policy>): Promise<void> {
  if (Object.keys(changes).length === 0) return
  await tx.db
    .insertInto('notification_policies')
    .values({ account_id: accountId, ...changes })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(changes))
    .execute()
}

/** How a sender stands to a receiver, as far as a policy asks. */
export type SenderFacts = {
  followsSender: boolean
  followedForMs: number | null
  senderAgeMs: number
  isLimited: boolean
  isBot: boolean
  isPrivateMention: boolean
  /** A private mention that answers the receiver's own post was asked for. */
  isAnswer: boolean
  isPermitted: boolean
}

const DAY_MS = 24 * 3_600_000
const NEW_FOLLOWER_MS = 3 * DAY_MS
const NEW_ACCOUNT_MS = 30 * DAY_MS

/** What a policy says of a sender: the strictest of the classes that they are in. */
export function judge(policy: Policy, sender: SenderFacts): PolicyAnswer {
  if (sender.isPermitted) return 'accept'
  const isStranger = !sender.followsSender
  const classes: Record<PolicyClass, boolean> = {
    for_not_following: isStranger,
    for_not_followers: sender.followedForMs === null || sender.followedForMs < NEW_FOLLOWER_MS,
    for_new_accounts: isStranger && sender.senderAgeMs < NEW_ACCOUNT_MS,
    for_private_mentions: isStranger && sender.isPrivateMention && !sender.isAnswer,
    for_limited_accounts: isStranger && sender.isLimited,
    for_bots: isStranger && sender.isBot,
  }
  const answers = policyClasses.filter((name) => classes[name]).map((name) => policy[name])
  return answers.includes('drop') ? 'drop' : answers.includes('filter') ? 'filter' : 'accept'
}
