import type { Command } from './command.ts'

const json = { type: 'boolean' } as const
const dry = { 'dry-run': { type: 'boolean' }, json } as const

/** Looking after people and what the server holds. Light, like `commands.ts`. */
export const careCommands: readonly Command[] = [
  {
    name: 'accounts modify',
    usage: `hamlet accounts modify NAME [--role R] [--email E] [--confirm] [--approve] [--enable | --disable]
    [--reset-password] [--json]

Changes what somebody here may do, or lets them in again.
  --role            another role
  --email           another address, without asking them
  --confirm         the address counts as confirmed
  --approve         let in somebody who waits
  --disable         they cannot sign in; their posts stay
  --enable          they can again
  --reset-password  make a new one, show it once, and sign them out everywhere
  --json            answer with one JSON object`,
    options: {
      role: { type: 'string' },
      email: { type: 'string' },
      confirm: { type: 'boolean' },
      approve: { type: 'boolean' },
      enable: { type: 'boolean' },
      disable: { type: 'boolean' },
      'reset-password': { type: 'boolean' },
      json,
    },
    run: async (args) => (await import('./account-care.ts')).modifyAccount(args),
  },
  {
    name: 'accounts approve',
    usage: `hamlet accounts approve NAME | --number N | --all [--dry-run] [--json]

Lets in people who wait for approval; they are told by mail.
  --number   those who have waited longest
  --all      everybody who waits
  --dry-run  only say who it would be
  --json     answer with one JSON object`,
    options: { number: { type: 'string' }, all: { type: 'boolean' }, ...dry },
    run: async (args) => (await import('./account-care.ts')).approveAccounts(args),
  },
  {
    name: 'accounts reset-relationships',
    usage: `hamlet accounts reset-relationships NAME [--follows] [--followers] [--dry-run] [--json]

Ends what an account here follows, or who follows it; the other servers are told.
  --follows    whom it follows
  --followers  who follows it
  --dry-run    only count
  --json       answer with one JSON object`,
    options: { follows: { type: 'boolean' }, followers: { type: 'boolean' }, ...dry },
    run: async (args) => (await import('./account-care.ts')).resetRelationships(args),
  },
  {
    name: 'accounts unfollow',
    usage: `hamlet accounts unfollow NAME@HOST [--dry-run] [--json]

Everybody here stops following somebody.
  --dry-run  only count
  --json     answer with one JSON object`,
    options: dry,
    run: async (args) => (await import('./account-care.ts')).unfollowEverywhere(args),
  },
  {
    name: 'emoji export',
    usage: `hamlet emoji export FOLDER [--category C] [--overwrite] [--json]

Writes the pictures of this server's emoji into a folder, for 'hamlet emoji import' elsewhere.
  --category   only those under this heading
  --overwrite  files that are there already are written anew
  --json       answer with one JSON object`,
    options: { category: { type: 'string' }, overwrite: { type: 'boolean' }, json },
    run: async (args) => (await import('./emoji.ts')).exportFolder(args),
  },
  {
    name: 'media usage',
    usage: `hamlet media usage [--json]

Says how much room files take, by kind.`,
    options: { json },
    run: async (args) => (await import('./media.ts')).showUsage(args),
  },
  {
    name: 'media remove',
    usage: `hamlet media remove [--days N] [--dry-run] [--json]

Lets go of pictures of other servers that nobody looked at lately; they are fetched again when somebody does.
  --days     since when (default: 7)
  --dry-run  only count
  --json     answer with one JSON object`,
    options: { days: { type: 'string' }, ...dry },
    run: async (args) => (await import('./media.ts')).removeOld(args),
  },
  {
    name: 'media remove-orphans',
    usage: `hamlet media remove-orphans [--dry-run] [--json]

Deletes files older than a day that nothing names. The server does this by itself once a day.
  --dry-run  only count
  --json     answer with one JSON object`,
    options: dry,
    run: async (args) => (await import('./media.ts')).removeOrphans(args),
  },
  {
    name: 'media refresh',
    usage: `hamlet media refresh --domain HOST [--json]

Lets go of what was kept of a server's pictures, so that they are fetched anew.`,
    options: { domain: { type: 'string' }, json },
    run: async (args) => (await import('./media.ts')).refresh(args),
  },
  {
    name: 'media lookup',
    usage: `hamlet media lookup URL [--json]

Says on which post, and of whose, a file is.`,
    options: { json },
    run: async (args) => (await import('./media.ts')).lookUp(args),
  },
  {
    name: 'search rebuild',
    usage: `hamlet search rebuild [--json]

Builds every index that searching goes by anew, while the server works on.`,
    options: { json },
    run: async (args) => (await import('./upkeep.ts')).rebuildSearch(args),
  },
  {
    name: 'jobs list',
    usage: `hamlet jobs list [--json]

Shows work that was given up after all its attempts, and why.`,
    options: { json },
    run: async (args) => (await import('./upkeep.ts')).listJobs(args),
  },
  {
    name: 'jobs retry',
    usage: `hamlet jobs retry NUMBER | --kind KIND | --all [--json]

Gives work that was given up another round of attempts.
  --kind  all of one kind, as 'jobs list' names it
  --all   everything
  --json  answer with one JSON object`,
    options: { kind: { type: 'string' }, all: { type: 'boolean' }, json },
    run: async (args) => (await import('./upkeep.ts')).retryJobs(args),
  },
]
