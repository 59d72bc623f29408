import { hasScope } from '@hamlet/contract/scopes'
import { Refusal } from '#lib/refusal'
import type { Access, Viewer } from './route.ts'

/**
 * The port that the rooms oauth and users fill: who is behind a bearer token, or behind the secret of a session.
 * Undefined when it is unknown, ended or revoked.
 */
export type Authenticate = {
  token(token: string, mayWait?: boolean): Promise<Viewer | undefined>
  session(secret: string): Promise<Viewer | undefined>
}

export type Credentials = { token: string | undefined; session: string | undefined }

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
  { token, session }: Credentials,
  authenticate: Authenticate,
): Promise<Viewer | undefined> {
  if (access.kind === 'none') return undefined
  const mayWait = access.kind === 'user' && access.mayWait === true
  const viewer =
    token === undefined ? session && (await authenticate.session(session)) : await authenticate.token(token, mayWait)
  // A session that ended reads on as a stranger; a token that is sent must be right.
  if (!viewer && token === undefined && access.kind === 'optional') return undefined
  if (!viewer) throw new Refusal('unauthorized', INVALID_TOKEN)
  if (access.kind === 'user' && viewer.accountId === null)
    throw new Refusal('invalid', 'This method requires an authenticated user')
  if (access.kind !== 'any' && !hasScope(viewer.scopes, access.scope)) {
    throw new Refusal('forbidden', 'This action is outside the authorized scopes')
  }
  return viewer
}
