import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#lib/refusal'

export type Environment = Record<string, string | undefined>

const fileOf = (dataDir: string) => join(dataDir, 'hamlet.env')

/** What `<data>/hamlet.env` says; nothing when there is no such file. */
export function readStored(dataDir: string): Environment {
  return Object.fromEntries(
    readLines(dataDir)
      .map((line) => /^([A-Z_]+)=(.*)$/.exec(line.trim()))
      .filter((match) => match !== null)
      .map((match) => [match[1], match[2]]),
  ) as Environment
}

/**
 * Writes variables to `<data>/hamlet.env`, which only the server's own user can read, and keeps every other line.
 * The file is replaced whole, so a crash leaves the old one or the new one. Refused when it cannot be written.
 */
export function storeVariables(dataDir: string, values: Readonly<Record<string, string>>): void {
  const isReplaced = (line: string) => Object.keys(values).some((name) => line.trim().startsWith(`${name}=`))
  const kept = readLines(dataDir).filter((line) => !isReplaced(line))
  const added = Object.entries(values).map(([name, value]) => `${name}=${value}`)
  const file = fileOf(dataDir)
  try {
    writeFileSync(`${file}.new`, [...kept, ...added, ''].join('\n'), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch (cause) {
    throw new Refusal('unavailable', `${file} cannot be written: ${(cause as Error).message}.`, { cause })
  }
}

function readLines(dataDir: string): string[] {
  const file = fileOf(dataDir)
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
}
