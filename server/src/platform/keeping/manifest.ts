import { Refusal } from '#lib/refusal'
import type { Migration } from '#platform/db'

/** What a backup says of itself; its last entry, so that a file without one is not whole. */
export type Manifest = {
  format: 1
  createdAt: string
  hamlet: string
  domain: string
  postgresql: string
  isLocalOnly: boolean
  migrations: Migration[]
  /** In the order in which they are filled. `sha256` is that of all rows as COPY writes them. */
  tables: { name: string; columns: string[]; rows: number; sha256: string; parts: number }[]
  sequences: { name: string; last: string }[]
  files: { count: number; bytes: number; gone: number }
  /** Of the list of all entries with their hashes. */
  sums: string
}

export const MANIFEST = 'manifest.json'
export const SUMS = 'SHA256SUMS'

export const partName = (table: string, index: number): string =>
  `database/${table}.${String(index).padStart(5, '0')}.copy.gz`

export function readManifest(text: string): Manifest {
  let manifest: Partial<Manifest>
  try {
    manifest = JSON.parse(text) as Partial<Manifest>
  } catch (cause) {
    throw new Refusal('invalid', 'The manifest of this backup cannot be read.', { cause })
  }
  if (typeof manifest.format !== 'number') throw new Refusal('invalid', 'This is not a backup of Hamlet.')
  if (manifest.format !== 1)
    throw new Refusal('conflict', 'This backup was made by a newer Hamlet. Update this one first.')
  const isWhole =
    Array.isArray(manifest.tables) && Array.isArray(manifest.migrations) && Array.isArray(manifest.sequences)
  if (!isWhole) throw new Refusal('invalid', 'The manifest of this backup is not whole.')
  return manifest as Manifest
}
