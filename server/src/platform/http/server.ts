import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { describeError } from '#platform/log'
import { authorise, readBearer, type Authenticate } from './access.ts'
import { answerError } from './errors.ts'
import { parseForm, prepareInput } from './input.ts'
import { limitHeaders, makeLimiter, refuseOverLimit, type Limiter } from './limits.ts'
import type { Page, PageContent, PageSource } from './page.ts'
import type { Route } from './route.ts'

export type HttpOptions = {
  ctx: Context
  routes: readonly Route[]
  pages: readonly Page[]
  pageSource: PageSource
  authenticate: Authenticate
  bodyLimit?: number
}

export type HttpServer = {
  /** Starts listening; gives the port that was bound. */
  listen(host: string, port: number): Promise<number>
  close(): Promise<void>
}

const ONE_MEGABYTE = 1_048_576
const OPEN_PATHS = /^\/(api|oauth\/(token|revoke|userinfo)|\.well-known|nodeinfo|@|users)/
const API_POLICY = "default-src 'none'; frame-ancestors 'none'; form-action 'none'"

/** Builds the HTTP server from the routes and pages of all rooms. */
export async function makeHttpServer(options: HttpOptions): Promise<HttpServer> {
  const { ctx } = options
  const server = fastify({
    bodyLimit: options.bodyLimit ?? ONE_MEGABYTE,
    trustProxy: ctx.config.trustedProxies.length > 0 ? ctx.config.trustedProxies : false,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, querystringParser: parseForm, maxParamLength: 500 },
    ajv: { customOptions: { coerceTypes: 'array', removeAdditional: false, useDefaults: true, strict: false } },
  })
  await readBodies(server)
  answerEverything(server, options)
  const limiter = makeLimiter(ctx.config.rateLimitFactor, () => ctx.clock.now().getTime())
  for (const route of options.routes) addRoute(server, route, { ...options, limiter })
  for (const page of options.pages) addPage(server, page, options)
  return {
    listen: async (host, port) => {
      await server.listen({ host, port })
      const address = server.server.address()
      return typeof address === 'object' && address ? address.port : port
    },
    close: () => server.close(),
  }
}

async function readBodies(server: FastifyInstance): Promise<void> {
  server.addHook('onRequest', async (request) => {
    // Some apps send forms without saying so.
    const hasBody = Number(request.headers['content-length'] ?? 0) > 0
    if (hasBody && !request.headers['content-type'])
      request.headers['content-type'] = 'application/x-www-form-urlencoded'
  })
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, parseForm(body as string))
  })
  await server.register(multipart, { limits: { fieldNameSize: 200, fields: 200, files: 1, fileSize: ONE_MEGABYTE } })
  server.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await readFields(request)
  })
}

/** Many apps post ordinary fields as multipart; they nest like a form's. */
async function readFields(request: FastifyRequest): Promise<Record<string, unknown>> {
  const pairs: string[] = []
  for await (const part of request.parts()) {
    if (part.type === 'field')
      pairs.push(`${encodeURIComponent(part.fieldname)}=${encodeURIComponent(String(part.value))}`)
    else part.file.resume()
  }
  return parseForm(pairs.join('&'))
}

function answerEverything(server: FastifyInstance, options: HttpOptions): void {
  const { ctx } = options
  server.setSerializerCompiler(() => (value) => JSON.stringify(value))
  server.setErrorHandler((error, request, reply) => {
    const answer = answerError(error)
    if (answer.isBug)
      ctx.log.error('a request failed', {
        method: request.method,
        path: request.routeOptions.url,
        ...describeError(error),
      })
    if (answer.status === 401) reply.header('WWW-Authenticate', 'Bearer realm="Hamlet", error="invalid_token"')
    return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body)
  })
  server.setNotFoundHandler((request, reply) => answerUnknown(request, reply, options))
  server.addHook('onRequest', async (request, reply) => {
    reply.header('X-Content-Type-Options', 'nosniff').header('Referrer-Policy', 'same-origin')
    if (!OPEN_PATHS.test(request.url)) return
    reply.header('Access-Control-Allow-Origin', '*')
    reply.header(
      'Access-Control-Expose-Headers',
      'Link, Mastodon-Async-Refresh, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id',
    )
    if (request.method !== 'OPTIONS') return
    reply.header('Access-Control-Allow-Methods', 'POST, PUT, DELETE, GET, PATCH, OPTIONS')
    reply.header('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '*')
    return reply.header('Access-Control-Max-Age', '7200').code(204).send()
  })
  // Preflights of every path are answered by the hook above; the route only makes them reach it.
  server.options('/*', (_request, reply) => reply.code(204).send())
}

function addRoute(server: FastifyInstance, route: Route, options: HttpOptions & { limiter: Limiter }): void {
  const { ctx } = options
  const schema = Object.fromEntries(
    Object.entries({ params: route.params, querystring: route.query, body: route.body }).filter(
      ([, part]) => part !== undefined,
    ),
  ) as Record<string, TSchema>
  server.route({
    method: route.method,
    url: route.path,
    schema,
    preValidation: async (request) => {
      request.query = prepareInput(route.query, request.query)
      if (route.body) request.body = prepareInput(route.body, request.body ?? {})
    },
    handler: async (request, reply) => {
      const viewer = await authorise(
        route.access,
        readBearer(request.headers.authorization, request.query, request.body),
        options.authenticate,
      )
      const standing = options.limiter({ viewer, ip: request.ip }, route.limit)
      reply.headers({ ...limitHeaders(standing), 'Content-Security-Policy': API_POLICY, Vary: 'Authorization, Origin' })
      refuseOverLimit(standing)
      reply.header('Cache-Control', 'private, no-store')
      const result = await route.handle({
        ctx,
        viewer,
        params: request.params,
        query: request.query,
        body: request.body,
        headers: request.headers,
        ip: request.ip,
        target: request.url,
        answer: answerOf(reply),
      })
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(result))
    },
  })
}

function answerOf(reply: FastifyReply) {
  return {
    status: (code: number) => void reply.code(code),
    header: (name: string, value: string) => void reply.header(name, value),
  }
}

function addPage(server: FastifyInstance, page: Page, options: HttpOptions): void {
  const { ctx, pageSource } = options
  server.get(page.path, async (request, reply) => {
    const params = request.params as Record<string, string>
    const content = await page
      .load({ ctx, params, query: request.query as Record<string, unknown>, target: request.url })
      .catch((error: unknown) => refusalPage(error))
    const rendered = await pageSource.render(ctx, content)
    return reply.code(rendered.status).headers(rendered.headers).send(rendered.body)
  })
}

/** A page that cannot be shown says so in the same clothes; a bug goes on to the error door. */
function refusalPage(error: unknown): PageContent {
  const answer = answerError(error)
  if (answer.isBug) throw error
  const text = answer.status === 404 ? 'It was deleted, it is not public, or it never was here.' : answer.body.error
  return {
    kind: 'refusal',
    status: answer.status,
    title: answer.status === 404 ? 'Nothing to see here' : 'That did not work',
    text,
  }
}

/** Unknown addresses: a built file, an API error, or a page that says so. */
async function answerUnknown(request: FastifyRequest, reply: FastifyReply, options: HttpOptions) {
  const path = request.url.split('?')[0] ?? '/'
  const file = request.method === 'GET' || request.method === 'HEAD' ? options.pageSource.findFile(path) : undefined
  if (file) return reply.headers(file.headers).send(file.body)
  const wantsPage = (request.headers.accept ?? '').includes('text/html') && !path.startsWith('/api/')
  if (!wantsPage) return reply.code(404).send({ error: 'Record not found' })
  const page = await options.pageSource.render(options.ctx, refusalPage(notFound()))
  return reply.code(page.status).headers(page.headers).send(page.body)
}
