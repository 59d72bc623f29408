import { hasScope } from '@hamlet/contract/scopes'
import { Refusal } from '#lib/refusal'
import type { Id } from '#lib/id'
import type { Access, Leniency, Viewer } from './route.ts'

/**
 * The port that the rooms oauth and users fill: who is behind a bearer token, or behind the secret of a session.
 * Undefined when it is unknown, ended or revoked.
 */
export type Authenticate = {
  token(token: string, leniency?: Leniency): Promise<Viewer | undefined>
  session(secret: string, leniency?: Leniency): Promise<Viewer | undefined>
  /** Throws a Refusal when the role of this person does not let them. */
  permit(userId: Id, permission: string): Promise<void>
}

/** `actingAs` is the account that a session must be of, where the request names one. */
export type Credentials = { token: string | undefined; session: string | undefined; actingAs?: string | undefined }

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
  credentials: Credentials,
  authenticate: Authenticate,
): Promise<Viewer | undefined> {
  if (access.kind === 'none') return undefined
  const { token } = credentials
  const viewer = await whoIs(credentials, authenticate, access.kind === 'user' ? access : {})
  // A session that ended reads on as a stranger; a token that is sent must be right.
  if (!viewer && token === undefined && access.kind === 'optional') return undefined
  if (!viewer) throw new Refusal('unauthorized', INVALID_TOKEN)
  if (access.kind === 'user' && viewer.accountId === null)
    throw new Refusal('invalid', 'This method requires an authenticated user')
  if (access.kind !== 'any' && !hasScope(viewer.scopes, access.scope)) {
    throw new Refusal('forbidden', 'This action is outside the authorized scopes')
  }
  // The scope lets an app in; the role of the person behind it decides.
  if (access.kind === 'user' && access.permission !== undefined)
    await authenticate.permit(viewer.userId ?? '', access.permission)
  return viewer
}

/** Who is behind a token, or else behind a session that is of the account which the request names. */
export async function whoIs(
  { token, session, actingAs }: Credentials,
  authenticate: Authenticate,
  leniency: Leniency = {},
): Promise<Viewer | undefined> {
  if (token !== undefined) return authenticate.token(token, leniency)
  const viewer = session === undefined ? undefined : await authenticate.session(session, leniency)
  return actingAs === undefined || viewer?.accountId === actingAs ? viewer : undefined
}
