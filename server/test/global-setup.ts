import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { ensureDatabase, migrate, migrationFiles, startEmbedded } from '#platform/db'

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string
    templateName: string
  }
}

const ENOUGH_BYTES = 512 * 1024 ** 2
/** A test database may be lost; it may not be slow. */
const CARELESS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '200',
  autovacuum: 'off',
}

/** One cluster per run, with a migrated template that every test file clones. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(roomyFolder(), 'hamlet-test-'))
  // For root PostgreSQL runs as somebody else: where that user cannot enter, it would go to a disk, and stay there.
  chmodSync(dataDir, 0o711)
  const cluster = await startEmbedded({ dataDir, settings: CARELESS })
  const templateName = `template_${createHash('sha256').update(JSON.stringify(migrationFiles())).digest('hex').slice(0, 12)}`
  await ensureDatabase(cluster.url('postgres'), templateName)
  await migrate(cluster.url(templateName))
  const client = new pg.Client({ connectionString: cluster.url('postgres') })
  await client.connect()
  await client.query(`alter database ${templateName} with allow_connections false`)
  await client.end()
  project.provide('adminUrl', cluster.url('postgres'))
  project.provide('templateName', templateName)
  return async () => {
    await cluster.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Memory where there is enough of it: containers often give `/dev/shm` 64 MB only. */
function roomyFolder(): string {
  try {
    const shm = statfsSync('/dev/shm')
    return shm.bavail * shm.bsize > ENOUGH_BYTES ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}
