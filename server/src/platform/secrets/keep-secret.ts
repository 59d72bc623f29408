import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A secret of this server, made at first use and kept in `<data>/secrets/NAME` with mode 0600.
 * Two processes that start together agree: the first file wins, and it is there whole or not at all.
 */
export function keepSecret(dataDir: string, name: string, make: () => string): string {
  const folder = join(dataDir, 'secrets')
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  chmodSync(folder, 0o700)
  const file = join(folder, name)
  if (!existsSync(file)) writeOnce(file, make())
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8')
}

/** A link is made in one step and only where nothing is, so nobody reads half a secret or replaces one. */
function writeOnce(file: string, secret: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(draft, secret, { mode: 0o600, flag: 'wx' })
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
