import webPush from 'web-push'
import { Refusal } from '#lib/refusal'
import { failureKind, type Net } from '#platform/net'
import type { VapidKeys } from '#platform/secrets'
import type { PushKeys } from './keys.ts'

export type PushTarget = PushKeys & {
  endpoint: string
  /** True for RFC 8291 (`aes128gcm`); older apps read the draft before it (`aesgcm`). */
  standard: boolean
}

export type PushMessage = {
  body: string
  /** Whom a push service may write to about us: `mailto:` or `https:` (RFC 8292, 2.1). */
  contact: string
  ttlS: number
  urgency: 'low' | 'normal' | 'high'
  /** A message that waits is replaced by a newer one of its topic; at most 32 letters of base64url (RFC 8030, 5.4). */
  topic: string
}

export type PushOutcome =
  | { state: 'done' }
  /** The subscription has ended, or can never be reached. */
  | { state: 'gone' }
  /** This message is not wanted; another may be. */
  | { state: 'refused' }
  | { state: 'again'; error: string; afterS: number | undefined }

const MAX_ANSWER_BYTES = 16 * 1024
/** Shorter than the lease of a job, so that nobody else sends it meanwhile. */
const TIMEOUT_MS = 20_000
const LONGEST_WAIT_S = 3600

/** Sends one message through the only way out, which checks the address anew. Never throws for what a push service does. */
export async function sendPush(
  { net, vapid }: { net: Net; vapid: VapidKeys },
  target: PushTarget,
  message: PushMessage,
): Promise<PushOutcome> {
  const { headers, body } = seal(vapid, target, message)
  try {
    const answer = await net.request(target.endpoint, {
      method: 'POST',
      headers,
      body,
      maxBytes: MAX_ANSWER_BYTES,
      timeoutMs: TIMEOUT_MS,
      redirects: 0,
    })
    return judge(answer.status, answer.headers['retry-after'])
  } catch (error) {
    const kind = failureKind(error)
    if (kind === undefined) throw error
    // An address that may not be reached will not become one that may.
    if (kind === 'address') return { state: 'gone' }
    return { state: 'again', error: (error as Refusal).message, afterS: undefined }
  }
}

function seal(vapid: VapidKeys, { endpoint, p256dh, auth, standard }: PushTarget, message: PushMessage) {
  const sealed = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, message.body, {
    vapidDetails: { subject: message.contact, ...vapid },
    TTL: message.ttlS,
    contentEncoding: standard ? 'aes128gcm' : 'aesgcm',
    urgency: message.urgency,
    topic: message.topic,
  })
  // The client counts the bytes itself.
  const { 'Content-Length': _, ...headers } = sealed.headers as Record<string, string | number>
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)])
  return { headers: Object.fromEntries(texts) as Record<string, string>, body: sealed.body }
}

/** Every 4xx but these ends a subscription (mastodon-api 1.12): too slow, too large, too many. */
function judge(status: number, retryAfter: string | undefined): PushOutcome {
  if (status >= 200 && status < 300) return { state: 'done' }
  if (status === 413) return { state: 'refused' }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { state: 'gone' }
  const seconds = Number(retryAfter)
  const afterS = seconds > 0 ? Math.min(seconds, LONGEST_WAIT_S) : undefined
  return { state: 'again', error: `The push service answered ${status}`, afterS }
}
