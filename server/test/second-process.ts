import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Config } from '#platform/config'

const hamlet = join(import.meta.dirname, '../bin/hamlet')
const READY_TIMEOUT_MS = 60_000

/** A process of its own beside a test town: the same database, data folder and domain, serving the web on another port. */
export async function startSecondProcess(
  config: Config,
  databaseUrl: string,
  port: number,
  roles = 'web',
): Promise<AsyncDisposable & { address: string; kill(): Promise<void> }> {
  const environment = {
    ...process.env,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    HAMLET_DATA_DIR: config.dataDir,
    HAMLET_DOMAIN: config.domain,
    HAMLET_RATE_LIMIT_FACTOR: String(config.rateLimitFactor),
    HAMLET_ALLOW_PRIVATE_NETWORKS: config.allowPrivateNetworks.join(','),
    HAMLET_ROLES: roles,
  }
  const child = spawn(hamlet, ['start'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise((done) => child.on('exit', done))
  const address = `http://127.0.0.1:${port}`
  for (let waitedMs = 0; !(await isReady(address)); waitedMs += 100) {
    if (child.exitCode !== null || waitedMs > READY_TIMEOUT_MS) throw new Error(`No second process:\n${output}`)
    await new Promise((done) => setTimeout(done, 100))
  }
  return {
    address,
    /** kill -9: it has no time to say goodbye to anybody. */
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function isReady(address: string): Promise<boolean> {
  const response = await fetch(`${address}/health/ready`).catch(() => undefined)
  return response?.status === 200
}
