import { buildWebIfStale } from '#app/build-web'
import { openContext } from '#app/context'
import { startServer } from '#app/server'
import { makeSetUpLink } from '#features/set-up'
import { readConfig, type Config } from '#platform/config'
import type { Context } from '#platform/context'
import { describeError, makeLog, type Log } from '#platform/log'
import type { Arguments } from './command.ts'
import { hintAtContainer } from './container.ts'

/** Why a server ended: told to by a signal, or to make a change and go on. */
type Ending = { signal: string } | { change: () => Promise<void> }

/** Serves until a signal ends it; a change of the configuration from within makes it begin anew in the same process. */
export async function start(args: Arguments): Promise<void> {
  const roles = typeof args.flags.roles === 'string' ? { HAMLET_ROLES: args.flags.roles } : {}
  const log = makeLog((line) => process.stderr.write(`${line}\n`))
  const signalled = untilSignal()
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one server follows on the end of another
    const ending = await serve(readConfig({ ...process.env, ...roles }), log, signalled)
    if ('signal' in ending) return
  }
}

async function serve(config: Config, log: Log, signalled: Promise<Ending>): Promise<Ending> {
  for (const warning of warnings(config)) log.warn(warning)
  if (config.roles.includes('web')) buildWebIfStale()
  const open = await openContext({ config, log })
  let stopDatabase = true
  try {
    for (const notice of open.notices) log.info(notice)
    const changed = Promise.withResolvers<Ending>()
    open.ctx.serveAgain = (change) => changed.resolve({ change })
    const server = await startServer(open.ctx)
    await announce(open.ctx, config, server.port)
    const ending = await Promise.race([signalled, changed.promise])
    log.info('signal' in ending ? `stopping on ${ending.signal}` : 'stopping, to serve again as something was changed')
    await server.stop()
    if ('change' in ending) await makeChange(ending.change, log)
    stopDatabase = 'signal' in ending
    return ending
  } finally {
    await open.close({ stopDatabase })
  }
}

/** A change that fails leaves all as it was, so the server goes on as before. */
async function makeChange(change: () => Promise<void>, log: Log): Promise<void> {
  await change().catch((error: unknown) => log.error('what was to be changed stays as it was', describeError(error)))
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

async function announce(ctx: Context, config: Config, port: number): Promise<void> {
  const lines = [`Hamlet is at ${config.url} (listening on ${config.listenHost}:${port}).`]
  const hint = hintAtContainer(config)
  if (hint) lines.push(hint)
  const link = await makeSetUpLink(ctx)
  if (link)
    lines.push('', 'Nobody owns this server yet. Open this once within a day, and it is yours:', `  ${link}`, '')
  process.stdout.write(`${lines.join('\n')}\n`)
}

function untilSignal(): Promise<Ending> {
  return new Promise((done) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => done({ signal }))
  })
}
