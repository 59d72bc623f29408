import { buildWebIfStale } from '#app/build-web'
import { openContext } from '#app/context'
import { startServer } from '#app/server'
import { makeSetUpLink } from '#features/set-up'
import { readConfig, type Config } from '#platform/config'
import { makeLog } from '#platform/log'
import type { Arguments } from './command.ts'
import { hintAtContainer } from './container.ts'

export async function start(args: Arguments): Promise<void> {
  const roles = typeof args.flags.roles === 'string' ? { HAMLET_ROLES: args.flags.roles } : {}
  const config = readConfig({ ...process.env, ...roles })
  const log = makeLog((line) => process.stderr.write(`${line}\n`))
  for (const warning of warnings(config)) log.warn(warning)
  if (config.roles.includes('web')) buildWebIfStale()
  const open = await openContext({ config, log })
  for (const notice of open.notices) log.info(notice)
  const server = await startServer(open.ctx)
  const stopped = untilSignal()
  await announce(open.ctx, config, server.port)
  const signal = await stopped
  log.info(`stopping on ${signal}`)
  await server.stop()
  await open.close({ stopDatabase: true })
}

function warnings(config: Config): string[] {
  const found: string[] = []
  if (config.allowPrivateNetworks.length > 0) {
    found.push(
      `OUTBOUND REQUESTS MAY REACH PRIVATE NETWORKS: ${config.allowPrivateNetworks.join(', ')}. Never run a public server like this.`,
    )
  }
  if (config.rateLimitFactor !== 1)
    found.push(`RATE LIMITS ARE MULTIPLIED BY ${config.rateLimitFactor}. Never run a public server like this.`)
  return found
}

async function announce(ctx: Parameters<typeof makeSetUpLink>[0], config: Config, port: number): Promise<void> {
  const lines = [`Hamlet is at ${config.url} (listening on ${config.listenHost}:${port}).`]
  const hint = hintAtContainer(config)
  if (hint) lines.push(hint)
  const link = await makeSetUpLink(ctx)
  if (link)
    lines.push('', 'Nobody owns this server yet. Open this once within a day, and it is yours:', `  ${link}`, '')
  process.stdout.write(`${lines.join('\n')}\n`)
}

function untilSignal(): Promise<string> {
  return new Promise((done) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done(signal))
  })
}
