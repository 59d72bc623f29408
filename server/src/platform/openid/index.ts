/** Signing in with another service (OpenID Connect Core 1.0): code flow with PKCE, state and nonce. */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client'
import { Refusal } from '#lib/refusal'
import type { Net } from '#platform/net'

export type OpenIdOptions = {
  issuer: string
  clientId: string
  clientSecret: string
  name: string
  scopes: string
  redirectUri: string
  net: Net
}
/** What must come back with the answer; it stays with the browser that was sent away. */
export type Journey = { state: string; nonce: string; verifier: string }
/** Who the service says it is. An address is only theirs when it says that it knows so. */
export type Claims = { issuer: string; subject: string; email: string; isVerified: boolean; username: string }

export type OpenId = {
  /** What people call the service. */
  name: string
  begin(): Promise<Journey & { url: string }>
  /** Who came back; throws a Refusal when the answer is not one to this journey. */
  finish(address: URL, journey: Journey): Promise<Claims>
}

const MAX_BYTES = 1_048_576
const KEPT_MS = 10 * 60_000

/** Undefined while no service is named. What it says of itself is asked once in ten minutes. */
export function openOpenId(options: OpenIdOptions): OpenId | undefined {
  if (options.issuer === '') return undefined
  let kept: { until: number; configuration: Promise<Configuration> } | undefined
  const configure = (): Promise<Configuration> => {
    if (kept && kept.until > Date.now()) return kept.configuration
    const configuration = discover(options)
    kept = { until: Date.now() + KEPT_MS, configuration }
    // What failed is asked anew.
    configuration.catch(() => (kept = undefined))
    return configuration
  }
  return {
    name: options.name || new URL(options.issuer).hostname,
    begin: async () => begin(await configure(), options),
    finish: async (address, journey) => finish(await configure(), address, journey),
  }
}

async function discover({ issuer, clientId, clientSecret, net }: OpenIdOptions): Promise<Configuration> {
  const url = new URL(issuer)
  const configuration = discovery(url, clientId, clientSecret || undefined, undefined, {
    [customFetch]: (address, { method, headers, body }) =>
      fetchBy(net, address, { method, headers, body: body instanceof URLSearchParams ? body.toString() : null }),
    // Plain http goes no further than networks that the operator opened. What the service signed is checked, too.
    execute: [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])],
  })
  return configuration.catch((cause: unknown) => {
    throw new Refusal('unavailable', 'The service that you sign in with does not answer. Try again in a moment.', {
      cause,
      retryAfterSeconds: 30,
    })
  })
}

type Fetched = { method: string; headers: Record<string, string>; body: string | null }

/** By the one way out, with its bounds. */
async function fetchBy(net: Net, address: string, { method, headers, body }: Fetched): Promise<Response> {
  const answer = await net.request(address, {
    method: method === 'POST' ? 'POST' : 'GET',
    headers: { ...headers },
    maxBytes: MAX_BYTES,
    ...(body === null ? {} : { body }),
  })
  const isEmpty = answer.status === 204 || answer.status === 304
  return new Response(isEmpty ? null : new Uint8Array(answer.body), {
    status: answer.status,
    headers: { 'content-type': answer.headers['content-type'] ?? '' },
  })
}

async function begin(configuration: Configuration, { scopes, redirectUri }: OpenIdOptions) {
  const journey = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: scopes,
    state: journey.state,
    nonce: journey.nonce,
    code_challenge: await calculatePKCECodeChallenge(journey.verifier),
    code_challenge_method: 'S256',
  })
  return { ...journey, url: url.href }
}

async function finish(configuration: Configuration, address: URL, journey: Journey): Promise<Claims> {
  const tokens = await authorizationCodeGrant(configuration, address, {
    pkceCodeVerifier: journey.verifier,
    expectedState: journey.state,
    expectedNonce: journey.nonce,
    idTokenExpected: true,
  }).catch((cause: unknown) => {
    throw new Refusal('invalid', 'The other service did not say who you are. Try again.', {
      cause,
      fault: 'openIdFailed',
    })
  })
  const claims = tokens.claims()
  if (!claims)
    throw new Refusal('invalid', 'The other service did not say who you are. Try again.', { fault: 'openIdFailed' })
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 254) : '')
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: text(claims['email']),
    isVerified: claims['email_verified'] === true,
    username: text(claims['preferred_username']),
  }
}
