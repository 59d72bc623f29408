import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '#lib/refusal'
import type { Config } from '#platform/config'
import { readBearer, whoIs, type Authenticate } from './access.ts'
import type { UserViewer } from './route.ts'
import { ACTING_AS, ownOrigins, pickSession, readActingAs, readJar } from './session.ts'

export type Handshake = {
  headers: IncomingHttpHeaders
  cookies: Readonly<Record<string, string | undefined>>
  query: Record<string, unknown>
  host: string
}

/** Asks again who is behind a connection: undefined once they may listen no longer. */
export type Identify = () => Promise<UserViewer | undefined>

/**
 * Who wants to listen: a token in the header, the query or the subprotocol (mastodon-api 1.22), or a session of our own
 * pages. Browsers open sockets from any site and send our cookie along, so a session counts from our own pages only.
 */
export function identifyListener(handshake: Handshake, config: Config, authenticate: Authenticate): Identify {
  const { headers, cookies, query, host } = handshake
  const protocol = headers['sec-websocket-protocol']?.split(',')[0]?.trim()
  const token = readBearer(headers.authorization, query, undefined) ?? (protocol || undefined)
  const isOwnPage = headers.origin !== undefined && ownOrigins(config, host).includes(headers.origin)
  const isOwnFetch = headers['sec-fetch-site'] === 'same-origin'
  const actingAs = readActingAs(query[ACTING_AS])
  const session = isOwnPage || isOwnFetch ? pickSession(readJar(cookies, config), actingAs) : undefined
  return async () => {
    try {
      const viewer = await whoIs({ token, session, actingAs }, authenticate)
      return viewer && viewer.userId !== null && viewer.accountId !== null ? (viewer as UserViewer) : undefined
    } catch (error) {
      // Whoever may not act now counts as nobody here.
      if (error instanceof Refusal && error.reason === 'forbidden') return undefined
      throw error
    }
  }
}
