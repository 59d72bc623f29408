import { hostOf } from '#lib/host'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { FederationPorts, KnownKey } from '../ports.ts'
import {
  checkSignedRequest,
  readPublicKey,
  readSignature,
  verifySignature,
  type ReceivedRequest,
} from '../signatures/index.ts'

export type SignedRequest = { method: string; target: string; rawHeaders: readonly string[]; body?: Buffer }

/**
 * Who signed a request: the actor whose key fits. Cheap checks come first, so that rubbish causes no fetches; a key that
 * does not fit is looked up anew once (federation.md f.2, f.6). Throws a Refusal.
 */
export async function requireSigner(ctx: Context, ports: FederationPorts, request: SignedRequest): Promise<string> {
  const { method, target, rawHeaders, body } = request
  const parsed = readSignature(rawHeaders, { method, target })
  const ownHosts = [ctx.config.domain, new URL(ctx.config.url).host]
  const received: ReceivedRequest = { body, now: ctx.clock.now(), ownHosts }
  checkSignedRequest(parsed, received)
  const host = hostOf(parsed.keyId)
  if (!host || ownHosts.includes(host)) throw unauthorized()
  if ((await ports.findSuspendedHosts(ctx, [host])).size > 0)
    throw new Refusal('forbidden', 'This server takes nothing from yours')
  const fits = (key: KnownKey) => verifySignature(parsed, readPublicKey(key.publicPem), received)
  const known = await ports.findKey(ctx, parsed.keyId)
  if (known && fits(known)) return known.actorUri
  const fresh = await ports.fetchKey(ctx, parsed.keyId)
  if (fresh && fits(fresh)) return fresh.actorUri
  throw unauthorized()
}

function unauthorized(): Refusal {
  return new Refusal('unauthorized', 'The signature does not fit a key of its sender')
}
