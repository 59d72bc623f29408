export { readLastBackup, writeBackup, type BackupOptions, type MadeBackup } from './write.ts'
export { openBackup, type Backup } from './read.ts'
export { restoreBackup, finishRestore, SKIPPED_NUMBERS, type Restored } from './restore.ts'
export type { Manifest } from './manifest.ts'
