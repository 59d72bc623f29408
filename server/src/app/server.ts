import { entities } from '@hamlet/contract/entities'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { openShutAddresses, type ShutAddresses } from '#features/gates'
import { isLimitedFederation } from '#features/domains'
import { loadSite, VERSION } from '#features/instance'
import { authenticate } from '#features/oauth'
import { openHub } from '#features/streaming'
import { authenticateSession, permitUser } from '#features/users'
import { countWaitingDeliveries, requireSigner, startDelivery } from '#federation'
import { Refusal } from '#lib/refusal'
import type { Config } from '#platform/config'
import type { Context } from '#platform/context'
import { missingMigrations, runAlone } from '#platform/db'
import {
  anyone,
  describeApi,
  makeHttpServer,
  route,
  type Answered,
  type HttpServer,
  type LiveDoor,
  type Route,
} from '#platform/http'
import { countJobsByKind, enqueueDue, startWorker } from '#platform/jobs'
import { measureAnswers } from '#features/admin'
import { describeError } from '#platform/log'
import { makeMetrics, measureProcess, serveMetrics, type Metrics } from '#platform/metrics'
import { openPages } from '#platform/pages'
import { openTls, type RunningTls, type Tls } from '#platform/tls'
import { liveSources } from './live.ts'
import { federation } from './ports.ts'
import { checkRooms, jobKinds, rooms, schedules } from './rooms.ts'
import { webFolder } from './web-folder.ts'

export type RunningServer = {
  port: number
  ctx: Context
  /** Where this process speaks https itself. */
  tls: RunningTls | undefined
  stop(): Promise<void>
}

/** Runs the roles that the configuration names, until stopped. */
export async function startServer(ctx: Context): Promise<RunningServer> {
  checkRooms()
  const { config } = ctx
  const isWorker = config.roles.includes('worker')
  const worker = isWorker ? startWorker(ctx, jobKinds()) : undefined
  const delivery = isWorker ? startDelivery(ctx, federation.ports) : undefined
  const wake = (work: string) => (work === 'outgoing' ? delivery?.wake() : worker?.wake(work))
  // Work that another process may be waiting for is announced; the poll finds it even when that is lost.
  ctx.wakeJobs = (work) => (isWorker ? wake(work) : ctx.streams.publish('jobs', { work }))
  await ctx.streams.listen()
  const unhear = ctx.streams.subscribe('jobs', ({ work }) => wake(String(work)))
  const timer = worker && setInterval(() => void lookForDueWork(ctx), SCHEDULE_LOOK_MS)
  const hub = config.roles.includes('streaming') ? openHub(ctx, liveSources) : undefined
  const metrics = config.metricsPort === null ? undefined : await openMetrics(ctx, config.metricsPort)
  const shut = await openShutAddresses(ctx)
  const answers = config.roles.includes('web') ? measureAnswers(ctx) : undefined
  const observe = (answered: Answered) => {
    metrics?.observe(answered)
    answers?.observe(answered.ms)
  }
  const isServing = hub !== undefined || answers !== undefined
  const tls = isServing && config.tls !== 'off' ? openTlsOf(ctx) : undefined
  const http = isServing ? await openHttp(ctx, { live: hub, shut, observe, tls }) : undefined
  let running: RunningTls | undefined
  const stop = async () => {
    clearInterval(timer)
    unhear()
    await running?.stop()
    await metrics?.close()
    await http?.close()
    await answers?.close()
    shut.close()
    hub?.close()
    await delivery?.stop()
    await worker?.stop()
  }
  const port = http ? await listenOrStop(http, config, stop) : 0
  if (http && tls) running = await startTls(tls, http, config, stop)
  return { port, ctx, tls: running, stop }
}

function openTlsOf(ctx: Context): Tls {
  const alone = (run: () => Promise<void>) => runAlone(ctx.db, 'certificate', run)
  return openTls({ config: ctx.config, log: ctx.log, now: () => ctx.clock.now(), alone })
}

async function startTls(tls: Tls, http: HttpServer, config: Config, stop: () => Promise<void>): Promise<RunningTls> {
  try {
    return await tls.start((pair) => http.useCertificate(pair))
  } catch (cause) {
    await stop()
    const where = `${config.listenHost}:${config.tlsHttpPort}`
    const reason = (cause as Error).message
    throw new Refusal('unavailable', `${where} cannot be opened: ${reason}. ${PORT_HINT}`, { cause })
  }
}

/** Ports below 1024 belong to root, or to whom root lets have them. */
const PORT_HINT =
  'A service file may grant it with AmbientCapabilities=CAP_NET_BIND_SERVICE; HAMLET_TLS_PORT and HAMLET_TLS_HTTP_PORT name others.'

/** A port that cannot be had ends everything that was started, so that the process can end. */
async function listenOrStop(
  http: HttpServer,
  { listenHost, ...config }: Config,
  stop: () => Promise<void>,
): Promise<number> {
  const port = config.tls === 'off' ? config.port : config.tlsPort
  const hint = config.tls === 'off' ? 'PORT and HOST name another.' : PORT_HINT
  try {
    return await http.listen(listenHost, port)
  } catch (cause) {
    await stop()
    const reason = (cause as Error).message
    throw new Refusal('unavailable', `${listenHost}:${port} cannot be opened: ${reason}. ${hint}`, { cause })
  }
}

const SCHEDULE_LOOK_MS = 60_000

async function lookForDueWork(ctx: Context): Promise<void> {
  await enqueueDue(ctx, schedules()).catch((error: unknown) =>
    ctx.log.error('regular work could not be planned', describeError(error)),
  )
}

/** Seconds; most answers of this server lie in the first few. */
const ANSWER_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What this process does, for whoever watches over it. Counts nothing when nobody asked for it. */
async function openMetrics(ctx: Context, port: number) {
  const metrics = makeMetrics(ctx.log)
  const stopMeasuring = measureProcess(metrics)
  measureWork(ctx, metrics)
  const answers = metrics.counter('hamlet_http_requests_total', 'Requests answered, by route and class of status.')
  const times = metrics.histogram('hamlet_http_request_seconds', 'How long answers took, in seconds.', ANSWER_BOUNDS)
  const endpoint = await serveMetrics(metrics, port, ctx.log)
  ctx.log.info('metrics are served on this machine', { url: `http://127.0.0.1:${endpoint.port}/metrics` })
  return {
    observe: ({ route, method, status, ms }: Answered) => {
      const labels = { method, route: route ?? '(none)' }
      answers({ ...labels, status: `${Math.floor(status / 100)}xx` })
      times(labels, ms / 1000)
    },
    close: async () => {
      stopMeasuring()
      await endpoint.close()
    },
  }
}

/** What waits in the database is the same for all processes; the connections are this one's. */
function measureWork(ctx: Context, metrics: Metrics): void {
  const arriving = new Set(federation.jobs.map((job) => job.name))
  metrics.gauge('hamlet_jobs', 'Jobs that wait or run (open), and jobs that were given up (failed).', async () =>
    (await countJobsByKind(ctx)).flatMap(({ kind, open, failed }) => [
      { labels: { kind, state: 'open' }, value: open },
      { labels: { kind, state: 'failed' }, value: failed },
    ]),
  )
  metrics.gauge('hamlet_inbound_waiting', 'Activities that arrived and are not worked off yet.', async () => {
    const waiting = (await countJobsByKind(ctx)).filter(({ kind }) => arriving.has(kind))
    return [{ value: waiting.reduce((sum, { open }) => sum + open, 0) }]
  })
  metrics.gauge('hamlet_deliveries', 'Deliveries that may be tried now (due), or after a pause (later).', async () => {
    const { due, later } = await countWaitingDeliveries(ctx)
    return [
      { labels: { state: 'due' }, value: due },
      { labels: { state: 'later' }, value: later },
    ]
  })
  metrics.gauge(
    'hamlet_database_connections',
    'Database connections of this process, and calls that wait for one.',
    () => {
      const { inUse, idle, waiting } = ctx.readPool()
      return [
        { labels: { state: 'in_use' }, value: inUse },
        { labels: { state: 'idle' }, value: idle },
        { labels: { state: 'waiting' }, value: waiting },
      ]
    },
  )
}

type Doors = {
  live: LiveDoor | undefined
  shut: ShutAddresses
  observe: (answered: Answered) => void
  tls: Tls | undefined
}

/** A process that only streams answers for its health besides, and shows no pages. */
async function openHttp(ctx: Context, { live, shut, observe, tls }: Doors) {
  const isWeb = ctx.config.roles.includes('web')
  const routes: Route[] = [
    ...healthRoutes,
    ...(isWeb ? [...federation.routes, ...rooms.flatMap((room) => room.routes)] : []),
  ]
  if (isWeb) routes.push(openApiRoute(routes))
  return makeHttpServer({
    ctx,
    routes,
    pages: isWeb ? rooms.flatMap((room) => room.pages) : [],
    pageSource: await openPages(webFolder, { loadSite, hasWorker: ctx.config.serviceWorker }),
    authenticate: {
      token: (token, mayWait) => authenticate(ctx, token, mayWait),
      session: (secret, mayHaveMoved) => authenticateSession(ctx, secret, mayHaveMoved),
      permit: (userId, permission) => permitUser(ctx, userId, permission),
    },
    isShut: (ip) => shut.isShut(ip),
    closed: await watchClosed(ctx),
    live,
    observe,
    certificate: tls?.pair,
  })
}

/** Whether strangers are turned away is asked when it may have changed, not with every request. */
async function watchClosed(ctx: Context) {
  let isClosed = await isLimitedFederation(ctx)
  ctx.streams.subscribe('settings', () => {
    void isLimitedFederation(ctx)
      .then((now) => (isClosed = now))
      .catch((error: unknown) => ctx.log.error('a setting could not be read', describeError(error)))
  })
  return {
    isClosed: () => isClosed,
    requireServer: async (request: { method: string; target: string; rawHeaders: readonly string[] }) => {
      await requireSigner(ctx, federation.ports, request)
    },
  }
}

const Health = Type.Object({ status: Type.String() })

const healthRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/health',
    summary: 'Is the process alive?',
    access: anyone,
    response: Health,
    handle: async () => ({ status: 'ok' }),
  }),
  route({
    method: 'GET',
    path: '/health/ready',
    summary: 'Can it serve: does the database answer, and is it migrated?',
    access: anyone,
    response: Health,
    handle: async ({ ctx }) => {
      const missing = await missingMigrations(
        async (text) => (await sql.raw<{ name: string }>(text).execute(ctx.db)).rows,
      ).catch((cause: unknown) => {
        throw new Refusal('unavailable', 'The database does not answer', { cause })
      })
      if (missing.length > 0)
        throw new Refusal('unavailable', `${missing.length} migrations are missing. Run 'hamlet migrate'.`)
      return { status: 'ready' }
    },
  }),
]

function openApiRoute(routes: readonly Route[]): Route {
  return route({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'Describe this API (OpenAPI 3.1)',
    access: anyone,
    response: Type.Object({ openapi: Type.String() }),
    handle: async ({ ctx }) => describeApi(routes, entities, { url: ctx.config.url, version: VERSION }),
  })
}
