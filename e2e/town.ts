import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCommands } from './commands.ts'

const hamlet = join(import.meta.dirname, '../server/bin/hamlet')
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 10_000

export type Town = {
  url: string
  startedInMs: number
  /** The one-time link that the first start prints. */
  setUpLink(): string
  /** The newest unused link of a mail to somebody; without a mail server, mails lie in the data folder. */
  mailedLink(path: string, to: string): Promise<string>
  /** Runs a command beside the server and reads its JSON. */
  hamlet(...args: string[]): Promise<Record<string, string>>
  post(token: string, status: Record<string, unknown>): Promise<{ id: string; url: string }>
  /** kill -9 of the server alone; the embedded database lives on, as after a real crash. Starts it again. */
  crash(): Promise<number>
  /** SIGTERM; throws when it takes longer than it may. Gives the milliseconds it took. */
  stop(): Promise<number>
}

/** Other servers of the tests live on this machine: only with leave are they reached. */
const NEIGHBOURS = { HAMLET_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128' }

/** Starts the server as its operator does, in a folder of its own. */
export async function startTown(): Promise<Town> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hamlet-e2e-'))
  const opened = new Set<string>()
  const port = await freePort()
  const own = { PORT: String(port), HAMLET_DATA_DIR: dataDir, HAMLET_RATE_LIMIT_FACTOR: '1000' }
  const env = { ...process.env, ...NEIGHBOURS, ...own }
  const url = `http://localhost:${port}`
  // Into a file: a pipe that nobody empties while a command runs would hold the server up, and the command with it.
  const printed = `${dataDir}.log`
  const output = () => readFileSync(printed, 'utf8')
  const launch = async () => {
    const started = performance.now()
    const file = openSync(printed, 'a')
    const server = spawn(hamlet, ['start'], { env, stdio: ['ignore', file, file] })
    closeSync(file)
    const ended = new Promise<number | null>((done) => server.on('exit', done))
    while (!(await isReady(url))) {
      const isLate = performance.now() - started > START_TIMEOUT_MS
      if (server.exitCode !== null || isLate) throw new Error(`The server did not start:\n${output()}`)
      await new Promise((done) => setTimeout(done, 50))
    }
    return { server, ended, readyAfterMs: Math.round(performance.now() - started) }
  }
  let running = await launch()
  const commands = startCommands(env)
  return {
    url,
    startedInMs: running.readyAfterMs,
    setUpLink: () => {
      const link = /https?:\/\/\S+\/set-up\?key=\S+/.exec(output())?.[0]
      if (!link) throw new Error(`No set-up link was printed:\n${output()}`)
      return link
    },
    mailedLink: async (path, to) => {
      // One that nobody has used yet: the mail of a moment ago may not be there.
      const find = () =>
        output()
          .split('\n')
          .filter((line) => line.includes(path) && isTo(dataDir, line, to))
          .flatMap((line) => line.match(/https?:[^"\s]+/g) ?? [])
          .findLast((link) => link.startsWith(`${url}${path}`) && !opened.has(link))
      for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 50) {
        const link = find()
        if (link) {
          opened.add(link)
          return link
        }
        await new Promise((done) => setTimeout(done, 50))
      }
      throw new Error(`No mail to ${to} led to ${path}`)
    },
    hamlet: async (...args) => {
      const { code, out, error } = await commands.run([...args, '--json'])
      if (code !== 0) throw new Error(`hamlet ${args.join(' ')}: ${error}`)
      return JSON.parse(out) as Record<string, string>
    },
    post: async (token, status) => {
      const response = await fetch(`${url}/api/v1/statuses`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(status),
      })
      if (response.status !== 200) throw new Error(`A post was answered ${response.status}: ${await response.text()}`)
      return (await response.json()) as { id: string; url: string }
    },
    crash: async () => {
      running.server.kill('SIGKILL')
      await running.ended
      running = await launch()
      return running.readyAfterMs
    },
    stop: async () => {
      commands.stop()
      const from = performance.now()
      const { server, ended } = running
      server.kill('SIGTERM')
      const timer = setTimeout(() => server.kill('SIGKILL'), STOP_TIMEOUT_MS)
      const code = await ended
      clearTimeout(timer)
      const last = output()
      removeData(dataDir)
      rmSync(printed)
      if (code !== 0)
        throw new Error(`The server did not stop cleanly within ${STOP_TIMEOUT_MS} ms (code ${code}):\n${last}`)
      return Math.round(performance.now() - from)
    },
  }
}

/** Whether a line that tells of a mail tells of one to this person. */
function isTo(dataDir: string, line: string, to: string): boolean {
  const file = /mail\/[^"\s]+\.eml/.exec(line)?.[0]
  return file !== undefined && readFileSync(join(dataDir, file), 'utf8').includes(`To: ${to}`)
}

/** As root the database may live elsewhere; the data folder says where. */
function removeData(dataDir: string): void {
  const location = join(dataDir, 'pg-location')
  if (existsSync(location)) rmSync(readFileSync(location, 'utf8').trim(), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health/ready`).catch(() => undefined)
  return response?.status === 200
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
