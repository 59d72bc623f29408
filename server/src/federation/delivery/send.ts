import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { failureKind } from '#platform/net'
import { ACTIVITY_JSON } from '../fetching/fetch-document.ts'
import type { FederationPorts, Signer } from '../ports.ts'
import { signRequest } from '../signatures/index.ts'
import type { Delivery, Outcome } from './claim.ts'

const MAX_ANSWER_BYTES = 64 * 1024
const MAX_WAIT_MS = 24 * 3_600_000
/** Tried again although the answer is a 4xx (federation.md e.3). */
const TRY_AGAIN = new Set([401, 408, 429])

/** Shorter than the lease of a delivery, so that nobody else sends it meanwhile. */
const SEND_TIMEOUT_MS = 20_000

/** What deliveries that were claimed together share: who is shut out, and the keys of those who send. */
type Batch = { shut: ReadonlySet<string>; signers: ReadonlyMap<Id, Signer | undefined> }

/** Sends what was claimed together; gives how each went. None of these promises fails. */
export function sendDeliveries(
  ctx: Context,
  ports: FederationPorts,
  deliveries: readonly Delivery[],
): { delivery: Delivery; outcome: Promise<Outcome> }[] {
  const batch = findBatch(ctx, ports, deliveries)
  return deliveries.map((delivery) => ({ delivery, outcome: sendDelivery(ctx, batch, delivery) }))
}

async function findBatch(ctx: Context, ports: FederationPorts, deliveries: readonly Delivery[]): Promise<Batch> {
  const senders = [...new Set(deliveries.map((delivery) => delivery.account_id))]
  const hosts = [...new Set(deliveries.map((delivery) => delivery.host))]
  const keys = Promise.all(senders.map(async (id) => [id, await ports.findSigner(ctx, id)] as const))
  const [shut, signers] = await Promise.all([ports.findSuspendedHosts(ctx, hosts), keys])
  return { shut, signers: new Map(signers) }
}

async function sendDelivery(ctx: Context, batch: Promise<Batch>, delivery: Delivery): Promise<Outcome> {
  try {
    const { shut, signers } = await batch
    if (shut.has(delivery.host)) return { state: 'refused', error: 'This server is shut out here' }
    const signer = signers.get(delivery.account_id)
    if (!signer) return { state: 'refused', error: 'The sender has no key any more' }
    const body = Buffer.from(delivery.body)
    const headers = { 'content-type': ACTIVITY_JSON }
    const response = await ctx.net.request(delivery.inbox_url, {
      method: 'POST',
      headers,
      body,
      maxBytes: MAX_ANSWER_BYTES,
      redirects: 0,
      timeoutMs: SEND_TIMEOUT_MS,
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
