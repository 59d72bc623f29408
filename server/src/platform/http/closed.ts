import { Refusal } from '#lib/refusal'
import type { Route, Viewer } from './route.ts'

/**
 * The port of a server that deals only with servers its team names (Mastodon's limited federation): strangers see nothing of its
 * people, and documents go to servers that sign for them and are let in.
 */
export type Closed = {
  isClosed(): boolean
  /** Throws a Refusal when no server that is let in signed this request. */
  requireServer(request: { method: string; target: string; rawHeaders: readonly string[] }): Promise<void>
}

/** mastodon-api 1.0, 401: what an app needs before anybody signs in. */
const OPEN = new Set(['/api/v1/instance', '/api/v2/instance', '/api/v1/apps', '/api/oembed', '/api/openapi.json'])
/** By this document others find the key that our own requests are signed with. */
const OWN_ACTOR = '/actor'

type Asked = { method: string; target: string; rawHeaders: readonly string[]; viewer: Viewer | undefined }

/** A route of the API that asks for nobody, where strangers are turned away. */
export function isForMembers(closed: Closed | undefined, { access, path, raw }: Route): boolean {
  return closed?.isClosed() === true && access.kind === 'none' && !raw && path.startsWith('/api/')
}

/** Turns strangers away where the server is closed. */
export async function refuseStranger(closed: Closed | undefined, route: Route, asked: Asked): Promise<void> {
  if (!closed?.isClosed() || asked.viewer || route.raw || route.file) return
  const { path, method, produces = '' } = route
  if (produces === 'application/activity+json' && path !== OWN_ACTOR) return closed.requireServer(asked)
  const isFeed = /rss|atom|feed/.test(produces)
  if (!isFeed && (!path.startsWith('/api/') || OPEN.has(path))) return
  if (method === 'GET' || path.startsWith('/api/'))
    throw new Refusal('unauthorized', 'This method requires an authenticated user')
}
