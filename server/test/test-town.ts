import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, setDefaultAutoSelectFamilyAttemptTimeout, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { sql } from 'kysely'
import { openContext, type ContextOptions } from '#app/context'
import { schedules } from '#app/rooms'
import { startServer } from '#app/server'
import { createApplication, createToken } from '#features/oauth'
import { countDueDeliveries } from '#federation'
import { requireRoleId } from '#features/roles'
import { createUser } from '#features/users'
import { steppingClock } from '#platform/clock'
import { readConfig, type Config } from '#platform/config'
import { transact, type Context } from '#platform/context'
import { countOpenJobs } from '#platform/jobs'
import { makeLog } from '#platform/log'
import type { Front } from './front.ts'
import { drawSecrets } from './secrets.ts'

// `localhost` has two addresses, and Node gives each a quarter of a second: on a busy machine that is no answer, but a "fetch failed".
setDefaultAutoSelectFamilyAttemptTimeout(10_000)

export type Answer = { status: number; headers: Headers; body: any; text: string }
export type Caller = {
  token?: string
  json?: unknown
  form?: string
  headers?: Record<string, string>
  raw?: { type: string; body: string }
  /** Sends multipart, as apps do: buffers go as files under a name that means nothing. */
  parts?: Record<string, string | Buffer>
}
export type Person = { accountId: string; userId: string; token: string; username: string }

export type TestTown = AsyncDisposable & {
  ctx: Context
  databaseUrl: string
  /** The public address. */
  url: string
  /** Where the process listens that serves the web, and the one that streams. */
  address: string
  streaming: string
  clock: ReturnType<typeof steppingClock>
  /** Lines that the server logged. */
  log: string[]
  /** How many statements some calls cost; the workers' own polling is not theirs. */
  countStatements(run: () => Promise<unknown>): Promise<number>
  call(method: string, path: string, caller?: Caller): Promise<Answer>
  person(username: string, scopes?: string): Promise<Person>
  /** Waits until every consequence so far has happened. */
  settled(): Promise<void>
}

export type TownOptions = {
  environment?: Record<string, string>
  /** Listens under the very name that others reach it by: `localhost` with its port. For towns that talk to each other. */
  isReachable?: boolean
  /** Stands behind a proxy with TLS under a name without a port. */
  behind?: { front: Front; name: 'alpha.test' | 'beta.test' }
  /** Who takes the mail of a domain; nobody asks the real DNS. */
  mailHosts?: Record<string, string[]>
  /** One town of three processes on one database, each with one role; the calls go to the one that serves the web. */
  isSplit?: boolean
  /** Does by itself what a server does every few minutes; else nothing happens beside what a test does. */
  hasSchedules?: boolean
}

/** A whole server with a database of its own, on a port of its own. */
export async function startTown(options: TownOptions = {}): Promise<TestTown> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hamlet-town-'))
  const database = await makeTownDatabase()
  const clock = steppingClock(new Date())
  const log: string[] = []
  const port = options.isReachable ? await freePort() : 0
  const config = readConfig({
    HAMLET_DATA_DIR: dataDir,
    PORT: String(port),
    HAMLET_DOMAIN: options.isReachable ? `localhost:${port}` : 'town.test',
    ...(options.isReachable || options.behind ? { HAMLET_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128' } : {}),
    ...(options.behind ? nameOf(options.behind) : {}),
    HAMLET_RATE_LIMIT_FACTOR: '1000',
    ...(options.isSplit ? { HAMLET_ROLES: 'web' } : {}),
    ...options.environment,
  })
  const run = async (own: Config) => {
    const open = await openContext({
      config: own,
      log: makeLog((line) => log.push(line)),
      clock,
      databaseUrl: database.url,
      network: {
        resolveMail: async (domain) => options.mailHosts?.[domain] ?? [],
        ...(options.behind && networkOf(options.behind.front)),
      },
    })
    if (!options.hasSchedules) await restSchedules(open.ctx)
    return { open, server: await startServer(open.ctx) }
  }
  const { open, server } = await run(config)
  const others = options.isSplit
    ? [await run({ ...config, port: 0, roles: ['worker'] }), await run({ ...config, port: 0, roles: ['streaming'] })]
    : []
  const address = options.isReachable ? config.url : `http://127.0.0.1:${server.port}`
  options.behind?.front.lead(options.behind.name, server.port)
  const { ctx } = open
  const settled = async () => {
    for (let waitedMs = 0; (await countOpenJobs(ctx)) + (await countDueDeliveries(ctx)) > 0; waitedMs += 10) {
      if (waitedMs > 20_000) throw new Error('The jobs of the town did not come to rest')
      await new Promise((done) => setTimeout(done, 10))
    }
  }
  return {
    ctx,
    databaseUrl: database.url,
    url: options.behind ? config.url : address,
    address,
    streaming: others[1] ? `http://127.0.0.1:${others[1].server.port}` : address,
    clock,
    log,
    countStatements: async (run) => {
      // What earlier acts set in motion asks the database, too.
      await settled()
      const texts: string[] = []
      open.statements.texts = texts
      await run()
      open.statements.texts = undefined
      return texts.filter((text) => !/\bjobs\b|leased_until|pg_notify/.test(text)).length
    },
    call: (method, path, caller = {}) => callAt(`${address}${path}`, method, caller),
    person: (username, scopes = 'read write follow push') => makePerson(ctx, username, scopes),
    settled,
    [Symbol.asyncDispose]: async () => {
      for (const other of [{ open, server }, ...others]) {
        await other.server.stop()
        await other.open.close()
      }
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function restSchedules({ db }: Context): Promise<void> {
  const names = schedules().map(({ job }) => job.name)
  await sql`insert into schedules (name, next_at) select unnest(${names}::text[]), now() + interval '1 year'
    on conflict do nothing`.execute(db)
}

function nameOf({ front, name }: NonNullable<TownOptions['behind']>): Record<string, string> {
  return { HAMLET_DOMAIN: name, HAMLET_EXTRA_CA: front.authorityFile, HAMLET_TRUSTED_PROXIES: '127.0.0.0/8' }
}

/** Every name leads to the front, on whatever port it listens. */
function networkOf(front: Front): ContextOptions['network'] {
  return { resolve: async () => ['127.0.0.1'], portOf: () => front.port }
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}

/** One request, redirects not followed, its JSON parsed. */
export async function callAt(url: string, method: string, caller: Caller): Promise<Answer> {
  const headers: Record<string, string> = { ...caller.headers }
  if (caller.token) headers.authorization = `Bearer ${caller.token}`
  let body: string | FormData | undefined
  if (caller.json !== undefined) {
    headers['content-type'] = 'application/json'
    body = JSON.stringify(caller.json)
  } else if (caller.form !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    body = caller.form
  } else if (caller.raw) {
    headers['content-type'] = caller.raw.type
    body = caller.raw.body
  } else if (caller.parts) {
    body = new FormData()
    for (const [name, value] of Object.entries(caller.parts)) {
      if (typeof value === 'string') body.set(name, value)
      else body.set(name, new Blob([new Uint8Array(value)], { type: 'image/jpeg' }), 'picture.jpg')
    }
  }
  const response = await fetch(url, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
}

async function makePerson(ctx: Context, username: string, scopes: string): Promise<Person> {
  const secrets = await drawSecrets()
  return transact(ctx, async (tx) => {
    const made = await createUser(tx, {
      username,
      email: `${username}@example.org`,
      secrets,
      roleId: requireRoleId('user'),
      confirmed: true,
    })
    const app = await createApplication(tx, { name: 'tests', redirectUris: ['urn:ietf:wg:oauth:2.0:oob'], scopes })
    const token = await createToken(tx, {
      applicationId: app.id,
      scopes,
      userId: made.userId,
      accountId: made.accountId,
    })
    return { accountId: made.accountId, userId: made.userId, token: token.access_token, username }
  })
}

/** The next town's database is made while this one's tests run: a copy is a thousand files. */
let next: Promise<string> | undefined

export async function makeTownDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = inject('adminUrl')
  const name = await (next ?? cloneTemplate(admin))
  next = cloneTemplate(admin)
  // Whoever asks for it hears of it.
  next.catch(() => {})
  return {
    url: admin.replace('/postgres?', `/${name}?`),
    // Nobody waits for it: the whole cluster goes in the end.
    drop: async () => void asAdmin(admin, `drop database ${name} with (force)`).catch(() => {}),
  }
}

async function cloneTemplate(admin: string): Promise<string> {
  const name = `town_${randomBytes(6).toString('hex')}`
  await asAdmin(admin, `create database ${name} template ${inject('templateName')} strategy file_copy`)
  return name
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
