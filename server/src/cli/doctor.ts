import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { Refusal } from '#lib/refusal'
import { describeConfig } from '#platform/config'
import type { Context } from '#platform/context'
import { print, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

type Finding = { check: string; ok: boolean; text: string }

const LOW_DISK_BYTES = 1024 ** 3
const CLOCK_SLACK_MS = 5_000

export async function examine(args: Arguments): Promise<void> {
  const findings = await withContext(async (ctx) => [
    checkConfig(ctx),
    await checkDatabase(ctx),
    await checkDisk(ctx),
    await checkClock(ctx),
  ])
  print(
    args,
    { findings },
    findings.map((finding) => `${finding.ok ? 'ok   ' : 'FAULT'} ${finding.check}: ${finding.text}`),
  )
  if (findings.some((finding) => !finding.ok))
    throw new Refusal('unavailable', 'Something needs your attention, see above.')
}

function checkConfig(ctx: Context): Finding {
  const loud = ctx.config.allowPrivateNetworks.length > 0 || ctx.config.rateLimitFactor !== 1
  return {
    check: 'configuration',
    ok: !loud,
    text: loud
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
