import { sql } from 'kysely'
import { openNet } from '#app/context'
import { readHost, type Host } from '#lib/host'
import { Refusal } from '#lib/refusal'
import { describeConfig } from '#platform/config'
import type { Context } from '#platform/context'
import { readDatabaseTime } from '#platform/db'
import type { Net } from '#platform/net'
import { print, type Arguments } from './command.ts'
import { checkBackup, checkCertificate, checkDisk, checkMigrations, checkSecrets } from './inside-checks.ts'
import { checkMail, checkOutbound, checkPublicUrl, readTimeOf, type Finding } from './outside.ts'
import { withContext } from './with-context.ts'

const CLOCK_SLACK_MS = 5_000
/** What other servers say has no milliseconds, and may come from a cache's copy of a second ago. */
const WORLD_SLACK_MS = 30_000
/** Kept for documentation by the authority that gives out names, so it is there, and nobody's business. */
const WELL_KNOWN = 'example.org'

export async function examine(args: Arguments): Promise<void> {
  const { outbound = WELL_KNOWN } = args.flags
  const host = readHost(String(outbound))
  if (!host) throw new Refusal('invalid', `--outbound "${String(outbound)}" is not a host name such as ${WELL_KNOWN}.`)
  const findings = await withContext(async (ctx) => {
    // Our own host may be asked for here and nowhere else: to see that it leads to us.
    const net = openNet(ctx.config, { ownHosts: [] })
    try {
      const found = await Promise.all([
        checkDatabase(ctx),
        checkMigrations(ctx),
        checkDisk(ctx),
        checkClock(ctx, net, host),
        checkMail(ctx),
        checkOutbound(net, host),
        checkPublicUrl(ctx, net),
        checkCertificate(ctx),
      ])
      return [
        checkConfig(ctx),
        checkSecrets(ctx),
        checkBackup(ctx),
        ...found.filter((finding) => finding !== undefined),
      ]
    } finally {
      await net.close()
    }
  })
  print(
    args,
    { findings },
    findings.map((finding) => `${finding.ok ? 'ok   ' : 'FAULT'} ${finding.check}: ${finding.text}`),
  )
  if (findings.some((finding) => !finding.ok))
    throw new Refusal('unavailable', 'Something needs your attention, see above.')
}

/** The configuration in a line; settings that are for tests only are a fault. */
function checkConfig(ctx: Context): Finding {
  const isLoose = ctx.config.allowPrivateNetworks.length > 0 || ctx.config.rateLimitFactor !== 1
  return {
    check: 'configuration',
    ok: !isLoose,
    text: isLoose
      ? 'test settings are on: HAMLET_ALLOW_PRIVATE_NETWORKS or HAMLET_RATE_LIMIT_FACTOR'
      : describeConfig(ctx.config).slice(0, 5).join(' '),
  }
}

async function checkDatabase(ctx: Context): Promise<Finding> {
  const row = await sql<{ version: string; failed: number }>`
    select current_setting('server_version') as version, (select count(*)::int from jobs where failed_at is not null) as failed`.execute(
    ctx.db,
  )
  const { version, failed } = row.rows[0] ?? { version: 'unknown', failed: 0 }
  const kind = ctx.config.databaseUrl === '' ? 'embedded PostgreSQL' : 'PostgreSQL'
  return { check: 'database', ok: failed === 0, text: `${kind} ${version}, ${failed} jobs given up` }
}

/** Three clocks: ours, that of the database, and that of a server far away, to the second. */
async function checkClock(ctx: Context, net: Net, host: Host): Promise<Finding> {
  const check = 'clock'
  const apart = Math.abs((await readDatabaseTime(ctx.db)).getTime() - Date.now())
  const there = await readTimeOf(net, host)
  const off = there === undefined ? 0 : Math.abs(there.getTime() - Date.now())
  const text = `database and server are ${Math.round(apart)} ms apart`
  if (off > WORLD_SLACK_MS)
    return {
      check,
      ok: false,
      text: `this machine is ${Math.round(off / 1000)} s off the time of ${host}. Switch on time synchronisation: other servers refuse what is signed at another time.`,
    }
  return { check, ok: apart < CLOCK_SLACK_MS, text: there === undefined ? text : `${text}, and agree with ${host}` }
}
