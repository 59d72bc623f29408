import type { Command } from './command.ts'

const json = { type: 'boolean' } as const

/** Keeping the server: backups, moving, looking after what it holds. Light, like `commands.ts`. */
export const keepingCommands: readonly Command[] = [
  {
    name: 'backup verify',
    usage: `hamlet backup verify FILE [--json]

Proves that a backup can be restored: into a server of its own in a temporary folder, without a network and without
regular work. Every row and file is compared with what the backup says, then somebody signs in there and pages are
opened. The server that runs is not touched.
  --json  answer with one JSON object`,
    options: { json },
    run: async (args) => (await import('./backup-verify.ts')).verifyBackup(args),
  },
  {
    name: 'backup',
    usage: `hamlet backup [--to FOLDER] [--local-only] [--json]

Writes one file that holds the whole server as it is at this moment, while it goes on: database, pictures, keys and
settings. It is a tar archive that nobody but you can read, and it is there whole or not at all.
  --to          the folder for it (default: backups in the data folder)
  --local-only  leave out what can be fetched again from other servers
  --json        answer with one JSON object`,
    options: { to: { type: 'string' }, 'local-only': { type: 'boolean' }, json },
    run: async (args) => (await import('./backup.ts')).makeBackup(args),
  },
  {
    name: 'restore',
    usage: `hamlet restore FILE [--replace] [--keep-outgoing] [--json]

Makes this server what it was when the backup was made. The server must be stopped. Whatever goes wrong, all is as
before. The embedded database is used, or the one that DATABASE_URL names.
  --replace        let go of what is here already
  --keep-outgoing  send what was waiting to be sent then: only when the server was stopped right after the backup
  --json           answer with one JSON object`,
    options: { replace: { type: 'boolean' }, 'keep-outgoing': { type: 'boolean' }, json },
    run: async (args) => (await import('./backup.ts')).restore(args),
  },
  {
    name: 'database move',
    usage: `hamlet database move --to postgres://USER:PASSWORD@HOST/NAME [--replace] [--dry-run] [--json]

Takes everything from the embedded database to a PostgreSQL of your own (15 or newer, an empty database that is yours).
The server must be stopped. Every row is compared afterwards, then hamlet.env names the new database; the old one stays.
  --to       the address of the new database
  --replace  let go of what is in it already
  --dry-run  look at both, and do nothing
  --json     answer with one JSON object`,
    options: { to: { type: 'string' }, replace: { type: 'boolean' }, 'dry-run': { type: 'boolean' }, json },
    run: async (args) => (await import('./database-move.ts')).moveDatabase(args),
  },
]
