import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { sql } from 'kysely'
import { isLoopbackName } from '#lib/host'
import type { Config } from '#platform/config'
import type { Context } from '#platform/context'
import { migrationFiles } from '#platform/db'
import { readLastBackup } from '#platform/keeping'
import { describePair, openTlsFiles, readPairFiles } from '#platform/tls'
import type { Finding } from './outside.ts'

const DAY_MS = 24 * 3_600_000
const LOW_DISK_BYTES = 1024 ** 3
const LOW_DISK_DAYS = 14
const WATCHED_DAYS = 7

/** A server that only this machine can reach is somebody's first look, and not told to take backups. */
export const isPublic = (config: Config): boolean => !isLoopbackName(new URL(config.url).hostname)

/** Room on the disk, and how long it lasts when the next weeks bring as much as the last one did. */
export async function checkDisk(ctx: Context): Promise<Finding> {
  const { dataDir } = ctx.config
  const disk = await statfs(dataDir)
  const free = disk.bavail * disk.bsize
  const since = ctx.clock.now().getTime() - WATCHED_DAYS * DAY_MS
  const perDay = ((await countNewBytes(dataDir, since)) + (await guessNewRowBytes(ctx, since))) / WATCHED_DAYS
  const days = perDay < 1024 ** 2 ? undefined : Math.floor(free / perDay)
  const left = days === undefined ? '' : `, enough for ${days} days like the last ones`
  const isLow = free < LOW_DISK_BYTES || (days !== undefined && days < LOW_DISK_DAYS)
  const text = `${gigabytes(free)} free in ${dataDir}${left}`
  return {
    check: 'disk',
    ok: !isLow,
    text: isLow ? `${text}. Make room, or move the data folder to a larger disk.` : text,
  }
}

/** Files that were written lately; backups and the database are counted elsewhere, or made on purpose. */
async function countNewBytes(dataDir: string, since: number): Promise<number> {
  const names = await readdir(join(dataDir, 'media'), { recursive: true, withFileTypes: true }).catch(() => [])
  let bytes = 0
  for (const one of names) {
    if (!one.isFile()) continue
    // oxlint-disable-next-line no-await-in-loop -- a few at a time would gain nothing on one disk
    const found = await stat(join(one.parentPath, one.name)).catch(() => undefined)
    if (found && found.mtimeMs >= since) bytes += found.size
  }
  return bytes
}

/** What posts make of the database grows with them. */
async function guessNewRowBytes(ctx: Context, since: number): Promise<number> {
  if (ctx.config.databaseUrl !== '') return 0
  const found = await sql<{ bytes: number; all: number; fresh: number }>`
    select pg_database_size(current_database())::float8 as bytes, count(*)::float8 as all,
      (count(*) filter (where created_at >= ${new Date(since).toISOString()}))::float8 as fresh from statuses`.execute(
    ctx.db,
  )
  const row = found.rows[0]
  return row && row.all > 0 ? row.bytes * (row.fresh / row.all) : 0
}

export function checkSecrets({ config }: Context): Finding {
  const check = 'keys'
  const folder = join(config.dataDir, 'secrets')
  const names = existsSync(folder) ? readdirSync(folder) : []
  const open = names.filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)
  const shut = names.filter((name) => !isReadable(join(folder, name)))
  if (shut.length > 0)
    return {
      check,
      ok: false,
      text: `secrets/${shut[0]} cannot be read. It belongs to the user that the server runs as.`,
    }
  if (open.length > 0)
    return {
      check,
      ok: false,
      text: `others on this machine can read secrets/${open[0]}: chmod 600 ${join(folder, open[0] ?? '')}`,
    }
  return { check, ok: true, text: `${names.length} in ${folder}, for this user alone` }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

const OLD_BACKUP_DAYS = 7

export function checkBackup({ config, clock }: Context): Finding {
  const check = 'backup'
  const last = readLastBackup(config.dataDir)
  const advice = "'hamlet backup' makes one while the server runs"
  if (!last) return { check, ok: !isPublic(config), text: `none was made yet: ${advice}` }
  const days = Math.floor((clock.now().getTime() - Date.parse(last.createdAt)) / DAY_MS)
  const isOld = days > OLD_BACKUP_DAYS
  const text = `the last one is ${days} days old (${last.file})`
  return { check, ok: !isOld || !isPublic(config), text: isOld ? `${text}: ${advice}` : text }
}

/** A database that a newer program has changed is not ours to work with. */
export async function checkMigrations(ctx: Context): Promise<Finding> {
  const check = 'migrations'
  const found = await sql<{ name: string }>`select name from migrations order by name`.execute(ctx.db)
  const known = new Set(migrationFiles().map(({ name }) => name))
  const unknown = found.rows.find(({ name }) => !known.has(name))
  if (unknown)
    return { check, ok: false, text: `${unknown.name} is of a newer Hamlet than this one. Update the program.` }
  return { check, ok: found.rows.length === known.size, text: `all ${known.size} are applied` }
}

const FEW_DAYS = 14
const LOOK_MS = 5_000

/** Days that the certificate has left which visitors see: ours, or that of the proxy before us. */
export async function checkCertificate({ config, clock }: Context): Promise<Finding | undefined> {
  const check = 'certificate'
  if (!isPublic(config)) return undefined
  const files = openTlsFiles(config.dataDir)
  if (config.tls === 'auto') {
    const fault = files.readFault()
    if (fault)
      return { check, ok: false, text: `the authority gave none: ${fault}. Port 80 must be open to the world.` }
  }
  const until = await findEnd(config)
  if (typeof until === 'string') return { check, ok: false, text: until }
  const days = Math.floor((until.getTime() - clock.now().getTime()) / DAY_MS)
  const text = `good for ${days} more days`
  return { check, ok: days >= FEW_DAYS, text: days >= FEW_DAYS ? text : `${text}: it should have been renewed by now` }
}

async function findEnd(config: Config): Promise<Date | string> {
  if (config.tls === 'off') return askForEnd(new URL(config.url))
  const files = openTlsFiles(config.dataDir)
  const pair = config.tls === 'auto' ? files.read() : readPairFiles(config.tlsCertificate, config.tlsKey)
  const standing = pair && describePair(pair)
  return standing?.until ?? 'there is none yet. Is the server running?'
}

/** The proxy's own certificate, whoever signed it: whether it is trusted, the check of the public address tells. */
function askForEnd(url: URL): Promise<Date | string> {
  return new Promise((done) => {
    const port = Number(url.port || 443)
    const socket = connect({ host: url.hostname, port, servername: url.hostname, rejectUnauthorized: false }, () => {
      const shown = socket.getPeerX509Certificate()
      socket.destroy()
      done(shown ? new Date(shown.validTo) : `${url.host} shows none`)
    })
    socket.setTimeout(LOOK_MS, () => socket.destroy(new Error('no answer within 5 s')))
    socket.on('error', (error) => done(`${url.host} cannot be asked for it: ${error.message}`))
  })
}

const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`
