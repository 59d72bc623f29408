import { hasScope } from '@hamlet/contract/scopes'
import { Refusal } from '#lib/refusal'
import type { Access, Viewer } from './route.ts'

/** The port that the oauth room fills: who is behind a bearer token; undefined when the token is unknown or revoked. */
export type Authenticate = (token: string) => Promise<Viewer | undefined>

export const INVALID_TOKEN = 'The access token is invalid'

/** The bearer token of a request: header first, then the `access_token` parameter (mastodon-api 1.0). */
export function readBearer(authorization: string | undefined, query: unknown, body: unknown): string | undefined {
  const match = /^Bearer +(\S+)$/i.exec(authorization ?? '')
  if (match) return match[1]
  const given =
    (query as { access_token?: unknown }).access_token ?? (body as { access_token?: unknown } | undefined)?.access_token
  return typeof given === 'string' && given !== '' ? given : undefined
}

/** Lets a caller through, or says why not. Apps tell 401, 403 and 422 apart, so the order matters. */
export async function authorise(
  access: Access,
  token: string | undefined,
  authenticate: Authenticate,
): Promise<Viewer | undefined> {
  if (access.kind === 'none') return undefined
  if (token === undefined) {
    if (access.kind === 'optional') return undefined
    throw new Refusal('unauthorized', INVALID_TOKEN)
  }
  const viewer = await authenticate(token)
  if (!viewer) throw new Refusal('unauthorized', INVALID_TOKEN)
  if (access.kind === 'user' && viewer.accountId === null)
    throw new Refusal('invalid', 'This method requires an authenticated user')
  if (access.kind !== 'any' && !hasScope(viewer.scopes, access.scope)) {
    throw new Refusal('forbidden', 'This action is outside the authorized scopes')
  }
  return viewer
}
