import { join, resolve } from 'node:path'
import { openBackup, restoreBackup, SKIPPED_NUMBERS, writeBackup } from '#platform/keeping'
import { print, requireWord, type Arguments } from './command.ts'
import { localRows } from './local-only.ts'
import { OUTGOING } from './outgoing.ts'
import { tellProgress } from './progress.ts'
import { readVersion } from './version.ts'
import { withDatabase } from './with-database.ts'

export async function makeBackup(args: Arguments): Promise<void> {
  const began = performance.now()
  const made = await withDatabase((databaseUrl, config) =>
    writeBackup({
      dataDir: config.dataDir,
      databaseUrl,
      to: typeof args.flags.to === 'string' ? resolve(args.flags.to) : join(config.dataDir, 'backups'),
      at: new Date(),
      domain: config.domain,
      version: readVersion(),
      isLocalOnly: args.flags['local-only'] === true,
      localRows,
      tell: tellProgress(args),
    }),
  )
  const { manifest, file, bytes } = made
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  const seconds = secondsSince(began)
  const told = { file, bytes, tables: manifest.tables.length, rows, files: manifest.files.count, seconds }
  print(args, told, [
    file,
    `${rows} rows of ${told.tables} tables and ${told.files} files, ${megabytes(bytes)} MB, in ${seconds} s.`,
    'It holds every secret of this server and everything that people wrote: keep it where nobody else can read it,',
    "and not on this machine alone. 'hamlet backup verify' proves that it can be restored.",
  ])
}

export async function restore(args: Arguments): Promise<void> {
  const began = performance.now()
  const path = resolve(requireWord(args, 0, 'which file to restore'))
  const backup = await openBackup(path)
  try {
    const { manifest } = backup
    const keepsOutgoing = args.flags['keep-outgoing'] === true
    const restored = await withDatabase((databaseUrl, { dataDir }) =>
      restoreBackup(backup, {
        dataDir,
        databaseUrl,
        replaces: args.flags.replace === true,
        skipNumbers: SKIPPED_NUMBERS,
        finish: keepsOutgoing ? [] : OUTGOING,
        tell: tellProgress(args),
      }),
    )
    const seconds = secondsSince(began)
    print(args, { ...restored, createdAt: manifest.createdAt, domain: manifest.domain, seconds }, [
      `This is ${manifest.domain} as it was on ${manifest.createdAt}: ${restored.rows} rows and ${restored.files} files, in ${seconds} s.`,
      keepsOutgoing
        ? 'What was waiting to be sent is sent at the next start.'
        : 'What was waiting to be sent then was set aside, since it may have gone out after the backup was made.',
    ])
  } finally {
    await backup.close()
  }
}

const secondsSince = (began: number) => Number(((performance.now() - began) / 1000).toFixed(1))
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
