import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { Server as SecureServer } from 'node:https'
import { Readable } from 'node:stream'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { wantsActivityJson } from '#lib/accept'
import { notFound, Refusal } from '#lib/refusal'
import { describeError } from '#platform/log'
import { authorise, readBearer, whoIs } from './access.ts'
import { isForMembers, refuseStranger } from './closed.ts'
import { addCompression, sendBuiltFile } from './compression.ts'
import { answerError } from './errors.ts'
import { addEventStreams } from './event-streams.ts'
import { addFiles, sendFile, type ServedFile } from './files.ts'
import { parseForm, prepareInput } from './input.ts'
import { lazyValidators } from './validate.ts'
import { limitHeaders, makeLimiter, refuseOverLimit } from './limits.ts'
import type { PublicPage } from './page.ts'
import type { Route, UploadedFile, Viewer } from './route.ts'
import { ACTING_AS, pickSession, readActingAs, readJar, requireSameOrigin } from './session.ts'
import { readMultipart } from './uploads.ts'
import { refusalPage, SHUT_OUT, type HttpOptions, type Shared } from './shared.ts'
import { addSockets } from './sockets.ts'
import { addWalls, cutSlowBodies, makeRequestId, PATIENCE, refuseUnreadable, UPLOAD_MS } from './walls.ts'
import { languagesOf, lookOf } from './tongue.ts'
import { addPersonalPage } from './visit.ts'

export type HttpServer = {
  /** Starts listening; gives the port that was bound. */
  listen(host: string, port: number): Promise<number>
  /** Shows another certificate from the next connection on. */
  useCertificate(pair: { key: string; cert: string }): void
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
    genReqId: makeRequestId,
    requestIdHeader: false,
    requestTimeout: UPLOAD_MS,
    ...refuseUnreadable(ctx.config),
    // Other upgrades are offers that may be passed over: some clients offer h2c with every request (RFC 9110, 7.8).
    ...transportOf(options, ({ headers }) => options.live !== undefined && isWebSocket(headers.upgrade)),
    routerOptions: { ignoreTrailingSlash: true, querystringParser: parseForm, maxParamLength: 500 },
  })
  server.setValidatorCompiler(lazyValidators())
  addWalls(server, ctx.config)
  if (options.isShut) shutOut(server, options.isShut)
  cutSlowBodies(server)
  await addCompression(server)
  await readBodies(server, options)
  answerEverything(server, options)
  if (options.observe) observeAnswers(server, options.observe)
  const limiter = makeLimiter(ctx.config.rateLimitFactor, () => ctx.clock.now().getTime())
  const shared: Shared = { ...options, limiter }
  for (const route of options.routes) await addRoute(server, route, shared)
  for (const page of options.pages) {
    if ('visit' in page) addPersonalPage(server, page, shared)
    else addPage(server, page, options)
  }
  addFiles(server, ctx.blobs)
  if (options.live) {
    addEventStreams(server, options.live, shared)
    addSockets(server, options.live, shared)
  }
  return {
    listen: async (host, port) => {
      await server.listen({ host, port })
      const address = server.server.address()
      return typeof address === 'object' && address ? address.port : port
    },
    useCertificate: (pair) => {
      if (server.server instanceof SecureServer) server.server.setSecureContext(pair)
    },
    close: () => server.close(),
  }
}

/** Happens to a request before anything is read of it, so that a flood from there costs next to nothing. */
function shutOut(server: FastifyInstance, isShut: (ip: string) => boolean): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!isShut(request.ip)) return
    return reply.code(403).header('Cache-Control', 'no-store').send({ error: SHUT_OUT })
  })
}

const isWebSocket = (upgrade: string | undefined) => upgrade?.toLowerCase() === 'websocket'

declare module 'fastify' {
  interface FastifyRequest {
    uploadedFiles: Record<string, UploadedFile> | undefined
    clearUpload: (() => Promise<void>) | undefined
    viewer: Viewer | undefined
  }
  interface FastifyContextConfig {
    route?: Route
  }
}

/** One server speaks http or https; whoever made the routes does not need to know which. */
function transportOf({ certificate }: HttpOptions, shouldUpgradeCallback: (request: IncomingMessage) => boolean) {
  if (!certificate) return { http: { ...PATIENCE, shouldUpgradeCallback } }
  const serverFactory = (handler: RequestListener) =>
    // Fastify types its server as plain http; what it calls is there on both.
    new SecureServer(
      { ...PATIENCE, ...certificate, minVersion: 'TLSv1.2', shouldUpgradeCallback },
      handler,
    ) as unknown as Server
  return { serverFactory }
}

async function readBodies(server: FastifyInstance, options: HttpOptions): Promise<void> {
  server.addHook('onRequest', async (request) => {
    // Some apps send forms without saying so.
    const hasBody = Number(request.headers['content-length'] ?? 0) > 0
    if (hasBody && !request.headers['content-type'])
      request.headers['content-type'] = 'application/x-www-form-urlencoded'
  })
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, parseForm(body as string))
  })
  // Some apps announce JSON and send none.
  const readJson = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {})
    else void readJson(request, body as string, done)
  })
  await server.register(cookie)
  await server.register(multipart, { limits: { fieldNameSize: 200, fields: 200, files: 1, fileSize: ONE_MEGABYTE } })
  server.decorateRequest('uploadedFiles', undefined)
  server.decorateRequest('clearUpload', undefined)
  server.decorateRequest('viewer', undefined)
  server.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return
    // Many apps post ordinary fields as multipart; they nest like a form's.
    const { route } = request.routeOptions.config
    const admit = async (fields: Record<string, unknown>) => route && findViewer(route, request, fields, options)
    const read = await readMultipart(request, route?.upload, admit)
    request.body = read.body
    request.uploadedFiles = read.files
    request.clearUpload = () => read.clear()
  })
  server.addHook('onResponse', async (request) => request.clearUpload?.())
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
        requestId: request.id,
        ...describeError(error),
      })
    if (answer.isBug) answer.body['request_id'] = request.id
    if (answer.retryAfter !== undefined) reply.header('Retry-After', String(answer.retryAfter))
    if (answer.status === 401) reply.header('WWW-Authenticate', 'Bearer realm="Hamlet", error="invalid_token"')
    return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body)
  })
  server.setNotFoundHandler((request, reply) => answerUnknown(request, reply, options))
  server.addHook('onRequest', async (request, reply) => {
    if (!OPEN_PATHS.test(request.url)) return
    reply.header('Access-Control-Allow-Origin', '*')
    reply.header(
      'Access-Control-Expose-Headers',
      'Link, Mastodon-Async-Refresh, Retry-After, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id',
    )
    if (request.method !== 'OPTIONS') return
    reply.header('Access-Control-Allow-Methods', 'POST, PUT, DELETE, GET, PATCH, OPTIONS')
    reply.header('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '*')
    return reply.header('Access-Control-Max-Age', '7200').code(204).send()
  })
  // Preflights of every path are answered by the hook above; the route only makes them reach it.
  server.options('/*', (_request, reply) => reply.code(204).send())
}

function observeAnswers(server: FastifyInstance, observe: NonNullable<HttpOptions['observe']>): void {
  server.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? null : (request.routeOptions.url ?? null)
    observe({ route, method: request.method, status: reply.statusCode, ms: reply.elapsedTime })
  })
}

/** Bytes that are signed must reach the handler as they came, so such a route reads its body by itself. */
async function addRoute(server: FastifyInstance, route: Route, options: Shared): Promise<void> {
  if (!route.raw) return defineRoute(server, route, options)
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    defineRoute(scope, route, options)
  })
}

function defineRoute(server: FastifyInstance, route: Route, options: Shared): void {
  const schema = Object.fromEntries(
    Object.entries({ params: route.params, querystring: route.query, body: route.body }).filter(
      ([, part]) => part !== undefined,
    ),
  ) as Record<string, TSchema>
  server.route({
    method: route.method,
    url: route.path,
    schema,
    config: { route },
    ...(bodyLimitOf(route) ? { bodyLimit: bodyLimitOf(route) as number } : {}),
    // Who is not of the team is told so before a byte of what they sent is read.
    ...(isOfTheTeam(route) && {
      preParsing: async (request: FastifyRequest, reply: FastifyReply) => {
        request.viewer = await admit(route, request, reply, options)
      },
    }),
    // Who may not is told so, whatever else is wrong with what they sent.
    preValidation: async (request, reply) => {
      request.query = prepareInput(route.query, request.query)
      if (route.body) request.body = prepareInput(route.body, request.body ?? {})
      if (!route.file && !isOfTheTeam(route)) request.viewer = await admit(route, request, reply, options)
      const { method, url: target, viewer } = request
      await refuseStranger(options.closed, route, { method, target, rawHeaders: request.raw.rawHeaders, viewer })
    },
    handler: async (request, reply) =>
      route.file
        ? sendFile(reply, (await route.handle(callOf(request, reply, options))) as ServedFile)
        : answerRoute(route, request, reply, options),
  })
}

const isOfTheTeam = ({ access }: Route) => access.kind === 'user' && access.permission !== undefined

function bodyLimitOf(route: Route): number | undefined {
  return route.raw?.maxBytes ?? (route.upload && route.upload.maxBytes * route.upload.fields.length + ONE_MEGABYTE)
}

async function admit(route: Route, request: FastifyRequest, reply: FastifyReply, options: Shared) {
  const viewer = await findViewer(route, request, route.raw ? undefined : request.body, options)
  const standing = options.limiter({ viewer, ip: request.ip, query: request.query }, route.limit)
  reply.headers({
    ...limitHeaders(standing),
    'Content-Security-Policy': API_POLICY,
    Vary: 'Authorization, Cookie, Origin',
  })
  refuseOverLimit(standing)
  // A page that asked before it knew who it is finds out here.
  if (viewer?.sessionId && viewer.accountId) reply.header(ACTING_AS, viewer.accountId)
  return viewer
}

async function answerRoute(route: Route, request: FastifyRequest, reply: FastifyReply, options: Shared) {
  reply.header('Cache-Control', 'private, no-store')
  reply.type(`${route.produces ?? 'application/json'}; charset=utf-8`)
  const result = await route.handle(callOf(request, reply, options))
  if (reply.statusCode === 204) return reply.removeHeader('content-type').send()
  // What is too long to be held whole comes in pieces.
  if (isPieces(result)) return reply.send(Readable.from(result, { objectMode: false }))
  return reply.send(typeof result === 'string' ? result : JSON.stringify(result))
}

function isPieces(result: unknown): result is AsyncIterable<string> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result
}

/** Who asks, if that may be asked by them; else a Refusal says why not. */
async function findViewer(route: Route, request: FastifyRequest, body: unknown, options: HttpOptions) {
  const { ctx, authenticate, closed } = options
  const token = readBearer(request.headers.authorization, request.query, body)
  const actingAs = readActingAs(request.headers[ACTING_AS])
  const session = token === undefined ? pickSession(readJar(request.cookies, ctx.config), actingAs) : undefined
  if (session !== undefined && route.access.kind !== 'none') requireSameOrigin(request, ctx.config)
  // What is for everybody is for members where strangers are turned away.
  if (isForMembers(closed, route))
    return whoIs({ token, session, actingAs }, authenticate, { mayWait: true, mayHaveMoved: true })
  return authorise(route.access, { token, session, actingAs }, authenticate)
}

/** What a handler is told of a request; whoever asks for a file stays unknown. */
function callOf(request: FastifyRequest, reply: FastifyReply, { ctx }: Shared) {
  return {
    ctx,
    viewer: request.viewer,
    jar: readJar(request.cookies, ctx.config),
    params: request.params,
    query: request.query,
    body: request.routeOptions.config.route?.raw ? undefined : request.body,
    files: request.uploadedFiles ?? {},
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    headers: request.headers,
    rawHeaders: request.raw.rawHeaders,
    ip: request.ip,
    target: request.url,
    answer: answerOf(reply),
  }
}

function answerOf(reply: FastifyReply) {
  return {
    status: (code: number) => void reply.code(code),
    header: (name: string, value: string) => void reply.header(name, value),
  }
}

/** Only members read here. */
const refuseReader: PublicPage['load'] = () =>
  Promise.reject(new Refusal('unauthorized', 'This method requires an authenticated user'))

function addPage(server: FastifyInstance, page: PublicPage, options: HttpOptions): void {
  const { ctx, pageSource } = options
  server.get(page.path, async (request, reply) => {
    const params = request.params as Record<string, string>
    const call = { ctx, params, query: request.query as Record<string, unknown>, target: request.url }
    reply.header('Vary', 'Accept')
    if (page.findDocument && wantsActivityJson(request.headers.accept)) {
      const document = await page.findDocument(call)
      return document === undefined
        ? reply.code(404).send({ error: 'Record not found' })
        : reply.redirect(document, 302)
    }
    const isClosed = options.closed?.isClosed() === true && !page.isAlwaysOpen
    const content = await (isClosed ? refuseReader(call) : page.load(call)).catch((error: unknown) =>
      refusalPage(error),
    )
    const rendered = await pageSource.render(ctx, content, {
      languages: languagesOf(request),
      look: lookOf(request),
      isFramed: page.isFramed === true,
    })
    return reply.code(rendered.status).headers(rendered.headers).send(rendered.body)
  })
}

/** Unknown addresses: a built file, an API error, or a page that says so. */
async function answerUnknown(request: FastifyRequest, reply: FastifyReply, options: HttpOptions) {
  const path = request.url.split('?')[0] ?? '/'
  const file = request.method === 'GET' || request.method === 'HEAD' ? options.pageSource.findFile(path) : undefined
  if (file) return sendBuiltFile(request, reply, file)
  const wantsPage = (request.headers.accept ?? '').includes('text/html') && !path.startsWith('/api/')
  if (!wantsPage) return reply.code(404).send({ error: 'Record not found' })
  const page = await options.pageSource.render(options.ctx, refusalPage(notFound()), {
    languages: languagesOf(request),
    look: lookOf(request),
  })
  return reply.code(page.status).headers(page.headers).send(page.body)
}
