import { spawn } from 'node:child_process'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '#lib/refusal'
import { binariesFor, placeCluster, type Place } from './placement.ts'

export type EmbeddedOptions = {
  /** The server's data folder; the cluster lives in `pg/` below it unless `nobody` cannot reach that. */
  dataDir: string
  /** Extra `-c name=value` settings. Tests turn durability off with these; nothing else may. */
  settings?: Record<string, string>
}

export type EmbeddedDatabase = {
  /** Address of a database of this cluster, for `pg`. */
  url(database: string): string
  /** A line to print when the cluster had to live elsewhere. */
  notice: string | undefined
  /** Waits until PostgreSQL has written everything. */
  stop(): Promise<void>
  /** Stops it when nobody else uses it: for commands, beside a server or beside each other. */
  leave(): Promise<void>
}

const START_TIMEOUT_MS = 30_000
/** What we hung up on ourselves is still seen for a moment, on a busy machine for a longer one. */
const PARTING_MS = 2_000
const BASE_SETTINGS: Record<string, string> = {
  listen_addresses: '',
  jit: 'off',
  max_connections: '100',
  shared_buffers: '128MB',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

/**
 * Starts the embedded PostgreSQL, or reuses the one that a killed server left running.
 * It runs in a session of its own, so that Ctrl-C reaches only the server, and as `nobody` when we are root.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = placeCluster(options.dataDir)
  const binaries = binariesFor(place)
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) await initialise(place, binaries)
  const url = (database: string) => `postgres://hamlet@/${database}?host=${encodeURIComponent(place.sockets)}`
  const admin = url('postgres')
  const held = (await joinRunning(place, admin)) ?? (await launch(place, binaries, options.settings ?? {}, admin))
  return {
    url,
    notice: place.notice,
    stop: async () => {
      await held.end().catch(() => {})
      await stop(place, admin)
    },
    leave: async () => {
      await held.end().catch(() => {})
      await stopUnused(place, admin)
    },
  }
}

/** Whoever uses the cluster shares this lock of its database `postgres`; whoever would stop it takes it whole. */
const USE = 7_242_018

/** A connection that says that we use the cluster: while it is there, no command stops it. None when nobody answers, or it is being stopped. */
async function hold(url: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock_shared($1) as held', [USE])
    if (rows[0]?.held) return client
  } catch {
    // It starts, or stops.
  }
  await client.end().catch(() => {})
  return undefined
}

/** The cluster that runs already, once it answers; none when it does not run, or has stopped meanwhile. */
async function joinRunning(place: Place, url: string): Promise<pg.Client | undefined> {
  for (let waited = 0; waited < START_TIMEOUT_MS; waited += 50) {
    // oxlint-disable-next-line no-await-in-loop -- asked again until it answers, or is gone
    const held = await hold(url)
    if (held || !isUp(place)) return held
    // oxlint-disable-next-line no-await-in-loop -- see above
    await sleep(50)
  }
  return undefined
}

/** Stops the cluster unless somebody uses it; whoever comes meanwhile waits, and starts it anew. */
async function stopUnused(place: Place, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [USE])
    if (rows[0]?.alone && !(await isUsed(client))) await stop(place, url)
  } catch {
    // Whoever used it beside us has stopped it in the meantime: there is nothing left to stop.
  } finally {
    await client.end().catch(() => {})
  }
}

async function initialise(place: Place, binaries: string): Promise<void> {
  rmSync(place.cluster, { recursive: true, force: true })
  mkdirSync(place.cluster, { mode: 0o700 })
  if (place.user) chownSync(place.cluster, place.user.uid, place.user.gid)
  // The C locale would make pg_trgm blind for accents and CJK; the builtin provider is not.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-collate=C', '--lc-ctype=C.UTF-8']
  const args = ['-D', place.cluster, '-U', 'hamlet', '--auth=trust', '--encoding=UTF8', '--no-instructions', ...locale]
  const child = spawn(join(binaries, 'bin/initdb'), args, {
    ...place.user,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const code = await new Promise<number | string | null>((done) =>
    child.on('error', (error) => done(error.message)).on('close', done),
  )
  if (code !== 0)
    throw new Refusal('unavailable', `PostgreSQL could not create its files in ${place.cluster}: ${complaint || code}`)
}

async function launch(place: Place, binaries: string, extra: Record<string, string>, url: string): Promise<pg.Client> {
  removeStaleLock(place)
  const settings = { ...BASE_SETTINGS, unix_socket_directories: place.sockets, ...extra }
  const args = ['-D', place.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const log = openSync(place.logFile, 'a', 0o640)
  const child = spawn(join(binaries, 'bin/postgres'), args, {
    ...place.user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let failure: string | undefined
  child
    .on('error', (error) => (failure = error.message))
    .on('exit', (code) => (failure ??= `it ended with code ${code}`))
  child.unref()
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    const held = await hold(url)
    if (held) return held
    // Another process of ours may be starting the same cluster: only give up when nobody answers.
    if (failure !== undefined && Date.now() > deadline - START_TIMEOUT_MS + 5_000) break
    await sleep(20)
  }
  throw new Refusal(
    'unavailable',
    `PostgreSQL did not start: ${failure ?? 'no answer in 30 s'}. Its log is ${place.logFile}.`,
  )
}

/** A lock left by a killed machine or container names a process that is no PostgreSQL of this folder. */
function removeStaleLock(place: Place): void {
  const lock = join(place.cluster, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  if (!isPostgresOf(pid, place.cluster)) rmSync(lock, { force: true })
}

/** Whether a PostgreSQL of this folder runs, answering or not. */
function isUp(place: Place): boolean {
  const lock = join(place.cluster, 'postmaster.pid')
  try {
    return isPostgresOf(Number(readFileSync(lock, 'utf8').split('\n')[0]), place.cluster)
  } catch {
    return false
  }
}

function isPostgresOf(pid: number, cluster: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster)
  } catch {
    return false
  }
}

/** Whether anybody else is connected: what was hung up on is still seen for a moment. */
async function isUsed(client: pg.Client): Promise<boolean> {
  const deadline = performance.now() + PARTING_MS
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- asked again until it is clear
    const others = await client.query(OTHERS)
    if (others.rowCount === 0 || performance.now() > deadline) return others.rowCount !== 0
    // oxlint-disable-next-line no-await-in-loop -- see above
    await sleep(50)
  }
}

const OTHERS =
  "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1"

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function stop(place: Place, url: string): Promise<void> {
  const lock = join(place.cluster, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  if (!isPostgresOf(pid, place.cluster)) return
  process.kill(pid, 'SIGINT')
  for (let waited = 0; waited < 10_000 && existsSync(lock); waited += 20) await sleep(20)
  if (existsSync(lock) && (await answers(url))) process.kill(pid, 'SIGQUIT')
}
