import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#lib/refusal'
import type { PageContent, PersonalPage, Redirect } from './page.ts'
import type { UserViewer } from './route.ts'
import { answerError } from './errors.ts'
import { refusalPage, type Shared } from './shared.ts'
import { limitHeaders, refuseOverLimit } from './limits.ts'
import { readJar, requireSameOrigin, setSessionCookies, type Jar } from './session.ts'
import { languagesOf, lookOf } from './tongue.ts'

/** A page for one person or with a form: nobody else's page may send the form, and no cache may keep the answer. */
export function addPersonalPage(server: FastifyInstance, page: PersonalPage, shared: Shared): void {
  server.route({
    method: page.method,
    url: page.path,
    handler: async (request, reply) => {
      const outcome = await visit(page, { request, reply }, shared).catch((error: unknown) => {
        const { retryAfter } = answerError(error)
        if (retryAfter !== undefined) reply.header('Retry-After', String(retryAfter))
        return refusalPage(error)
      })
      if ('redirect' in outcome) return follow(outcome, reply, shared)
      const rendered = await shared.pageSource.render(shared.ctx, outcome, {
        languages: languagesOf(request),
        look: lookOf(request),
        isPersonal: true,
        leadsAnywhere: page.leadsAnywhere ?? false,
      })
      return reply.code(rendered.status).headers(rendered.headers).send(rendered.body)
    },
  })
}

type Exchange = { request: FastifyRequest; reply: FastifyReply }

async function visit(page: PersonalPage, exchange: Exchange, shared: Shared): Promise<PageContent | Redirect> {
  const { ctx } = shared
  const { request, reply } = exchange
  if (!page.fromAnywhere) requireSameOrigin(request, ctx.config)
  const { viewer, jar } = await findVisitor(exchange, shared, page.takesClosed)
  const standing = shared.limiter({ viewer, ip: request.ip, query: request.query }, page.limit)
  reply.headers(limitHeaders(standing))
  refuseOverLimit(standing)
  return page.visit({
    ctx,
    viewer,
    jar,
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    body: typeof request.body === 'object' && request.body !== null ? (request.body as Record<string, unknown>) : {},
    target: request.url,
    ip: request.ip,
    languages: languagesOf(request),
    userAgent: request.headers['user-agent'] ?? '',
    afterAnswer: (run) => void reply.raw.once('close', run),
  })
}

type Found = { viewer: UserViewer | undefined; jar: Jar }

/** Who opens the page. When the account that was used last is signed out or shut out, the next one takes its place. */
async function findVisitor({ request, reply }: Exchange, shared: Shared, mayBeClosed?: true): Promise<Found> {
  const { config } = shared.ctx
  const jar = readJar(request.cookies, config)
  const viewer = jar.active === undefined ? undefined : await findViewer(jar.active, shared, mayBeClosed)
  if (viewer) return { viewer, jar }
  for (const [at, { secret }] of jar.others.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- mostly the first is the one
    const next = await findViewer(secret, shared, mayBeClosed)
    if (!next) continue
    const moved = { active: secret, others: jar.others.slice(at + 1) }
    setSessionCookies(reply, config, { session: secret, others: moved.others })
    return { viewer: next, jar: moved }
  }
  return { viewer: undefined, jar }
}

async function findViewer(secret: string, shared: Shared, mayBeClosed?: true): Promise<UserViewer | undefined> {
  const leniency = { mayHaveMoved: true, ...(mayBeClosed ? { mayBeClosed } : {}) } as const
  const viewer = await shared.authenticate.session(secret, leniency).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined
    throw error
  })
  return viewer?.userId && viewer.accountId ? (viewer as UserViewer) : undefined
}

/** 303: what follows a form is read, never sent again (RFC 9110, 15.4.4). */
function follow(outcome: Redirect, reply: FastifyReply, { ctx }: Shared) {
  setSessionCookies(reply, ctx.config, outcome)
  // What the browser kept of pages of somebody who signs out is shown to nobody who comes after.
  if (outcome.session === null) reply.header('Clear-Site-Data', '"cache"')
  return reply.header('Cache-Control', 'no-store').code(303).header('Location', outcome.redirect).send()
}
