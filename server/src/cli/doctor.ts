import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { openNet } from '#app/context'
import { readHost } from '#lib/host'
import { Refusal } from '#lib/refusal'
import { describeConfig } from '#platform/config'
import type { Context } from '#platform/context'
import { print, type Arguments } from './command.ts'
import { checkMail, checkOutbound, checkPublicUrl, type Finding } from './outside.ts'
import { withContext } from './with-context.ts'

const LOW_DISK_BYTES = 1024 ** 3
const CLOCK_SLACK_MS = 5_000
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
        checkDisk(ctx),
        checkClock(ctx),
        checkMail(ctx),
        checkOutbound(net, host),
        checkPublicUrl(ctx, net),
      ])
      return [checkConfig(ctx), ...found.filter((finding) => finding !== undefined)]
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
  return { check: 'database', ok: failed === 0, text: `PostgreSQL ${version}, ${failed} jobs given up` }
}

async function checkDisk(ctx: Context): Promise<Finding> {
  const disk = await statfs(ctx.config.dataDir)
  const free = disk.bavail * disk.bsize
  return {
    check: 'disk',
    ok: free > LOW_DISK_BYTES,
    text: `${(free / 1024 ** 3).toFixed(1)} GiB free in ${ctx.config.dataDir}`,
  }
}

async function checkClock(ctx: Context): Promise<Finding> {
  const row = await sql<{ ms: number }>`select extract(epoch from clock_timestamp()) * 1000 as ms`.execute(ctx.db)
  const apart = Math.abs(Number(row.rows[0]?.ms) - Date.now())
  return { check: 'clock', ok: apart < CLOCK_SLACK_MS, text: `database and server are ${Math.round(apart)} ms apart` }
}
