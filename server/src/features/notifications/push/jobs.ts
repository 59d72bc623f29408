import { readSettings } from '#features/settings'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue } from '#platform/jobs'
import { sendPush, type PushMessage } from '#platform/push'
import { presentPush, presentTest } from '../present/present-push.ts'
import { presentNotifications } from '../present.ts'
import { findNotification } from '../store.ts'
import { allows, judgeByFilters } from './allows.ts'
import { noteFailure, noteSuccess, requireAwake } from './hosts.ts'
import { findAlive, forgetEnded, listWoken, type SubscriptionRow } from './subscriptions.ts'

/** Back-off of jobs triples from three seconds: eight attempts last for most of an hour, and then the news is old. */
const ATTEMPTS = 8
/** mastodon-limits, Push. */
const TTL_S = 48 * 3_600
const TEST_TTL_S = 60

type Told = { notificationId: Id; accountId: Id; kind: string }

/** One job for each app and browser that wants to hear of it, so that a slow push service delays nobody else. */
export const pushNotified = defineJob<Told>({
  name: 'notifications.push',
  run: (ctx, { notificationId, accountId, kind }) =>
    transact(ctx, async (tx) => {
      for (const subscriptionId of await listWoken(tx, accountId, kind))
        await enqueue(tx, pushOne, { notificationId, accountId, subscriptionId })
    }),
})

/** Judged as it stands now: what was read away, hidden or undone since is not told. */
export const pushOne = defineJob<{ notificationId: Id; accountId: Id; subscriptionId: string }>({
  name: 'notifications.push-one',
  class: 'delivery',
  maxAttempts: ATTEMPTS,
  run: async (ctx, { notificationId, accountId, subscriptionId }) => {
    const subscription = await findAlive(ctx, subscriptionId)
    const row = subscription && (await findNotification(ctx, accountId, notificationId))
    if (!row || row.filtered || subscription.alerts[row.type] !== true) return
    if (!(await allows(ctx, subscription.policy, accountId, row.from_account_id))) return
    const [told] = await presentNotifications(ctx, accountId, [row])
    const verdict = judgeByFilters(told?.status?.filtered)
    if (!told || verdict.isHidden) return
    const payload = await presentPush(ctx, subscription, told, verdict.instead)
    await push(ctx, subscription, payload, { ttlS: TTL_S, topic: `n${notificationId}` })
  },
})

/** Asked for by hand: it is sent once, and says nothing of what answers at the other end (reliability SF-18). */
export const pushTest = defineJob<{ subscriptionId: string }>({
  name: 'notifications.push-test',
  class: 'delivery',
  maxAttempts: 1,
  run: async (ctx, { subscriptionId }) => {
    const subscription = await findAlive(ctx, subscriptionId)
    if (!subscription) return
    const payload = await presentTest(ctx, subscription)
    await push(ctx, subscription, payload, { ttlS: TEST_TTL_S, topic: 'test' })
  },
})

async function push(
  ctx: Context,
  subscription: SubscriptionRow,
  payload: object,
  more: Pick<PushMessage, 'ttlS' | 'topic'>,
): Promise<void> {
  const { endpoint } = subscription
  await requireAwake(ctx, endpoint)
  const message = {
    ...more,
    body: JSON.stringify(payload),
    contact: await findContact(ctx),
    urgency: 'normal' as const,
  }
  const outcome = await sendPush(ctx, subscription, message)
  if (outcome.state === 'again') {
    await noteFailure(ctx, endpoint, outcome.afterS)
    throw new Refusal('unavailable', outcome.error)
  }
  await noteSuccess(ctx, endpoint)
  if (outcome.state === 'gone') await forgetEnded(ctx, subscription)
}

/** Push services want an address of whoever runs this server (RFC 8292, 2.1). */
async function findContact(ctx: Context): Promise<string> {
  const { contact_email } = await readSettings(ctx)
  if (contact_email !== '') return `mailto:${contact_email}`
  const { url, domain } = ctx.config
  return url.startsWith('https:') ? url : `mailto:webmaster@${domain}`
}
