import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const hamlet = join(import.meta.dirname, '../server/bin/hamlet')
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 10_000
/** How often the start is asked whether it is done: also the error of every time that is measured here. */
const LOOK_MS = 10

export type TownOptions = {
  /** Undefined: one that is free now. */
  port?: number
  /** A folder that is kept. Undefined: a temporary one, removed at the end. */
  dataDir?: string
  environment?: Record<string, string>
}

/** A whole town as its operator runs it: a server process of its own, with its own embedded database. */
export type TownProcess = AsyncDisposable & {
  url: string
  /** What other servers know it by: `localhost` with its port. */
  host: string
  dataDir: string
  /** What its processes are started with. */
  environment: Readonly<Record<string, string>>
  /** Starts the server; gives the milliseconds until it was ready. */
  start(): Promise<number>
  /** kill -9 of the server alone; the embedded database lives on, as after a real crash. */
  kill(): Promise<void>
  /** SIGTERM, which also stops the database; throws when it takes longer than it may. Gives the milliseconds it took. */
  stop(): Promise<number>
  /** The process of the server, while it runs. */
  pid(): number
  /** What it has printed since the beginning. */
  output(): string
  /** Runs a command beside the server and reads its JSON. */
  hamlet(...args: string[]): Record<string, string>
}

/** Other towns of a tool live on this machine: only with leave are they reached. */
const NEIGHBOURS = { HAMLET_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128', HAMLET_RATE_LIMIT_FACTOR: '1000' }

/** Makes a town ready to start. Disposing of it stops server and database, whatever state they are in. */
export async function openTown(options: TownOptions = {}): Promise<TownProcess> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'hamlet-tool-'))
  const port = options.port ?? (await freePort())
  const host = `localhost:${port}`
  const url = `http://${host}`
  const environment = { ...NEIGHBOURS, ...options.environment, PORT: String(port), HAMLET_DATA_DIR: dataDir }
  const env = { ...process.env, ...environment }
  const server = makeServer(env, url)
  return {
    url,
    host,
    dataDir,
    environment,
    start: server.start,
    kill: () => server.end('SIGKILL').then(() => undefined),
    stop: async () => {
      const from = performance.now()
      const code = await server.end('SIGTERM')
      if (code !== 0) throw new Error(`The server did not stop cleanly (code ${code}):\n${server.output()}`)
      return Math.round(performance.now() - from)
    },
    pid: server.pid,
    output: server.output,
    hamlet: (...args) => runCommand(env, args),
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await stopDatabase(dataDir)
      if (options.dataDir === undefined) removeData(dataDir)
    },
  }
}

/** The server's process through its starts and ends, one at a time. */
function makeServer(env: NodeJS.ProcessEnv, url: string) {
  let running: { child: ChildProcess; ended: Promise<number | null> } | undefined
  let output = ''
  let isClosed = false
  const launch = () => {
    if (isClosed) throw new Error('The town is closed')
    // A session of its own: Ctrl-C reaches the tool alone, which then stops its towns one after another.
    const child = spawn(hamlet, ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)))
    return { child, ended: new Promise<number | null>((done) => child.on('exit', done)) }
  }
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (!running) return 0
    const { child, ended } = running
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    const code = await ended
    clearTimeout(timer)
    running = undefined
    return code
  }
  return {
    end,
    output: () => output,
    pid: () => running?.child.pid ?? 0,
    start: async () => {
      const from = performance.now()
      running = launch()
      while (!(await isReady(url))) {
        const isLate = performance.now() - from > START_TIMEOUT_MS
        if (running?.child.exitCode !== null || isLate) throw new Error(`The server did not start:\n${output}`)
        await sleep(LOOK_MS)
      }
      return Math.round(performance.now() - from)
    },
    close: async () => {
      isClosed = true
      await end('SIGTERM')
    },
  }
}

function runCommand(env: NodeJS.ProcessEnv, args: string[]): Record<string, string> {
  const result = spawnSync(hamlet, [...args, '--json'], { env, encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`hamlet ${args.join(' ')}: ${result.stderr}`)
  return JSON.parse(result.stdout) as Record<string, string>
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health/ready`).catch(() => undefined)
  return response?.status === 200
}

/** As root the database may live elsewhere; the data folder says where. */
export function databaseFolder(dataDir: string): string {
  const location = join(dataDir, 'pg-location')
  return existsSync(location) ? readFileSync(location, 'utf8').trim() : dataDir
}

/** A killed server leaves its database behind. */
async function stopDatabase(dataDir: string): Promise<void> {
  const lock = join(databaseFolder(dataDir), 'pg/18/postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return
  }
  for (let waitedMs = 0; waitedMs < STOP_TIMEOUT_MS && existsSync(lock); waitedMs += LOOK_MS) await sleep(LOOK_MS)
}

function removeData(dataDir: string): void {
  for (const folder of [databaseFolder(dataDir), dataDir]) rmSync(folder, { recursive: true, force: true })
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
