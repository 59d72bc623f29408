/** Writes `server/src/platform/db/types.ts` from the migrations; `--verify` only compares. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDatabase } from '../server/src/platform/db/ensure.ts'
import { startEmbedded } from '../server/src/platform/db/embedded.ts'
import { migrate } from '../server/src/platform/db/migrate.ts'

const out = join(import.meta.dirname, '../server/src/platform/db/types.ts')
const dataDir = mkdtempSync(join(tmpdir(), 'hamlet-types-'))
const cluster = await startEmbedded({ dataDir, settings: { fsync: 'off' } })
try {
  await ensureDatabase(cluster.url('postgres'), 'hamlet')
  await migrate(cluster.url('hamlet'))
  // The generator's parser wants a host name before it reads the socket folder from the query.
  const url = cluster.url('hamlet').replace('hamlet@/', 'hamlet@localhost/')
  const args = ['--url', url, '--out-file', out, '--dialect', 'postgres', '--date-parser', 'string']
  args.push('--type-mapping', '{"timestamptz":"string","int8":"string"}', '--exclude-pattern', 'migrations')
  if (process.argv.includes('--verify')) args.push('--verify')
  const bin = join(import.meta.dirname, '../node_modules/kysely-codegen/dist/cli/bin.js')
  const result = spawnSync(process.execPath, [bin, ...args], { stdio: 'inherit' })
  process.exitCode = result.status ?? 1
} finally {
  await cluster.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
