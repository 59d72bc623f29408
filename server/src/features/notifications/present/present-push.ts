import type { Notification } from '@hamlet/contract/notification'
import { alertTypes, type PushPayload, type WebPushSubscription } from '@hamlet/contract/push'
import { htmlToText } from '#federation'
import type { Context } from '#platform/context'
import { openToken } from '../push/seal-token.ts'
import type { SubscriptionRow } from '../push/subscriptions.ts'

export function presentSubscription(ctx: Context, row: SubscriptionRow): WebPushSubscription {
  const alerts = Object.fromEntries(alertTypes.map((type) => [type, row.alerts[type] === true]))
  return {
    id: Number(row.id),
    endpoint: row.endpoint,
    standard: row.standard,
    alerts: alerts as WebPushSubscription['alerts'],
    server_key: ctx.vapid.publicKey,
    policy: row.policy as WebPushSubscription['policy'],
  }
}

/** The reference cuts here (mastodon-api 1.12, Delivery); the title is a name and a verb, cut alike. */
const LONGEST = 140

/**
 * A notification as it stands on a lock screen, in the words of the receiver's language.
 * @param instead shown in place of what the post says
 */
export async function presentPush(
  ctx: Context,
  subscription: SubscriptionRow,
  told: Notification,
  instead?: string,
): Promise<PushPayload> {
  const { locale } = subscription
  const name = told.account.display_name || told.account.username
  const title = await ctx.words.say(locale, `push.${told.type}`, { name })
  const payload = {
    ...presentHead(ctx, subscription),
    notification_id: Number(told.id),
    notification_type: told.type,
    icon: told.account.avatar_static,
    title: cut(title),
    body: cut(instead ?? wordsOf(told)),
  }
  // Apps decide by themselves what to open.
  return subscription.session_id === null
    ? payload
    : { ...payload, hamlet: { ...(await presentWay(ctx, locale, told)), account_id: subscription.account_id } }
}

/** A push that nobody caused, so that a person sees whether pushes arrive. */
export async function presentTest(ctx: Context, subscription: SubscriptionRow): Promise<PushPayload> {
  const { locale } = subscription
  return {
    ...presentHead(ctx, subscription),
    notification_id: 0,
    notification_type: 'test',
    icon: `${ctx.config.url}/icon-192.png`,
    title: await ctx.words.say(locale, 'push.test', { server: ctx.config.domain }),
    body: await ctx.words.say(locale, 'push.testBody'),
    hamlet: { url: '/settings/notifications', tag: 'test', account_id: subscription.account_id, actions: [] },
  }
}

function presentHead(ctx: Context, { sealed_token, locale }: SubscriptionRow) {
  return { access_token: sealed_token === null ? '' : openToken(ctx, sealed_token), preferred_locale: locale }
}

/** A warning stands for the words behind it. */
function wordsOf({ status, account }: Notification): string {
  if (status === undefined) return plain(account.note)
  return status.spoiler_text || plain(status.content ?? '')
}

const plain = (html: string) => htmlToText(html.replaceAll('</p>', '<br>'))

/** What to open; whose it is, the subscription says. */
type Way = Omit<NonNullable<PushPayload['hamlet']>, 'account_id'>

async function presentWay(ctx: Context, locale: string, told: Notification): Promise<Way> {
  const { status, account, report } = told
  const way = { tag: told.group_key, actions: [] }
  if (report) return { ...way, url: `/moderation/reports/${report.id}` }
  if (told.type === 'admin.sign_up') return { ...way, url: '/moderation/sign-ups' }
  if (told.type === 'follow_request') return { ...way, url: '/follow-requests' }
  if (!status) return { ...way, url: `/@${account.acct}` }
  const url = `/@${status.account.acct}/${status.id}`
  if (told.type !== 'mention') return { ...way, url, status_id: status.id }
  const [reply, favourite] = [await ctx.words.say(locale, 'push.reply'), await ctx.words.say(locale, 'push.favour')]
  return {
    ...way,
    url,
    status_id: status.id,
    actions: [
      { action: 'reply', title: reply },
      { action: 'favourite', title: favourite },
    ],
  }
}

function cut(text: string): string {
  const letters = Array.from(new Intl.Segmenter('en').segment(text.slice(0, LONGEST * 8)), (part) => part.segment)
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : text
}
