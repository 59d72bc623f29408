import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { failureKind } from '#platform/net'
import { ACTIVITY_JSON } from '../fetching/fetch-document.ts'
import type { FederationPorts } from '../ports.ts'
import { signRequest } from '../signatures/index.ts'
import type { Delivery, Outcome } from './claim.ts'

const MAX_ANSWER_BYTES = 64 * 1024
const MAX_WAIT_MS = 24 * 3_600_000
/** Tried again although the answer is a 4xx (federation.md e.3). */
const TRY_AGAIN = new Set([401, 408, 429])

/** Sends one delivery and says how it went; throws nothing. */
export async function sendDelivery(ctx: Context, ports: FederationPorts, delivery: Delivery): Promise<Outcome> {
  try {
    const shut = await ports.findSuspendedHosts(ctx, [delivery.host])
    if (shut.size > 0) return { state: 'refused', error: 'This server is shut out here' }
    const signer = await ports.findSigner(ctx, delivery.account_id)
    if (!signer) return { state: 'refused', error: 'The sender has no key any more' }
    const body = Buffer.from(delivery.body)
    const headers = { 'content-type': ACTIVITY_JSON }
    const response = await ctx.net.request(delivery.inbox_url, {
      method: 'POST',
      headers,
      body,
      maxBytes: MAX_ANSWER_BYTES,
      redirects: 0,
      signRequest: async (request) => ({
        ...(await signRequest({ ...request, body, headers, ...signer, date: ctx.clock.now() })),
      }),
    })
    return judgeAnswer(response.status, response.headers['retry-after'])
  } catch (error) {
    const kind = failureKind(error)
    // An address that may not be reached will not become one that may.
    if (kind === 'address') return { state: 'refused', error: 'The address may not be reached' }
    return { state: 'again', error: error instanceof Refusal ? error.message : 'The delivery failed on our side' }
  }
}

function judgeAnswer(status: number, retryAfter: string | undefined): Outcome {
  if (status >= 200 && status < 300) return { state: 'done' }
  const error = `The server answered ${status}`
  const isFinal = status === 501 || (status >= 400 && status < 500 && !TRY_AGAIN.has(status))
  if (isFinal) return { state: 'refused', error }
  return { state: 'again', error, afterMs: readRetryAfter(retryAfter) }
}

function readRetryAfter(value: string | undefined): number | undefined {
  const seconds = value === undefined ? Number.NaN : Number(value)
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, MAX_WAIT_MS) : undefined
}
