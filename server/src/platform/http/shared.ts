import type { Context } from '#platform/context'
import type { Authenticate } from './access.ts'
import type { Closed } from './closed.ts'
import { answerError } from './errors.ts'
import type { Limiter } from './limits.ts'
import type { LiveDoor } from './live.ts'
import type { Page, PageContent, PageSource } from './page.ts'
import type { Route } from './route.ts'

export type HttpOptions = {
  ctx: Context
  routes: readonly Route[]
  pages: readonly Page[]
  pageSource: PageSource
  authenticate: Authenticate
  /** Who gets no answer but that: asked of every request before anything else. */
  isShut?: ((ip: string) => boolean) | undefined
  /** Who is turned away where only named servers are dealt with. */
  closed?: Closed
  /** Live connections, where this process takes them. */
  live?: LiveDoor | undefined
  /** How often live connections are looked after; shorter in tests. */
  liveBeatMs?: number
  bodyLimit?: number
  /** Key and certificate, where this process itself speaks https. */
  certificate?: { key: string; cert: string } | undefined
  /** Told of every request that was answered. */
  observe?: ((answered: Answered) => void) | undefined
}

/** `route` is the pattern of the route, never the address that was asked for; null where no route took it. */
export type Answered = { route: string | null; method: string; status: number; ms: number }

/** What every route and page is bound to. */
export type Shared = HttpOptions & { limiter: Limiter }

/** Said to whoever comes from an address that is let in nowhere. */
export const SHUT_OUT = 'This server is closed to where you come from'

/** Here the status alone does not say what was wrong. */
const needsDetail = new Set([400, 403, 422, 503])

/** A page that cannot be shown says so in the same clothes; a bug goes on to the error door. */
export function refusalPage(error: unknown): PageContent {
  const answer = answerError(error)
  if (answer.isBug) throw error
  const { status, body } = answer
  return { kind: 'refusal', status, detail: needsDetail.has(status) ? body.error : '' }
}
