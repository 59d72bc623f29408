import type { Command } from './command.ts'

const json = { type: 'boolean' } as const
const dry = { 'dry-run': { type: 'boolean' }, json } as const

/** What is kept of other servers. Light, like `commands.ts`. */
export const elsewhereCommands: readonly Command[] = [
  {
    name: 'accounts cull',
    usage: `hamlet accounts cull [HOST ...] [--dry-run] [--json]

Asks after people of other servers of whom nothing was heard for a week. Deletes those whose own server says that they
are gone, with everything of theirs; the running server does the work, or the next one that starts. A server that does
not answer is named, and nobody of it goes.
  HOST       only people of these servers
  --dry-run  only say who it would be
  --json     answer with one JSON object`,
    options: dry,
    run: async (args) => (await import('./elsewhere.ts')).cullAccounts(args),
  },
  {
    name: 'accounts prune',
    usage: `hamlet accounts prune [--dry-run] [--json]

Deletes people of other servers with whom nobody here ever had to do, and their posts. They are met anew when somebody
looks. Whoever is followed, answered, liked, reported, blocked, in a list, or limited by the team stays.
  --dry-run  only count
  --json     answer with one JSON object`,
    options: dry,
    run: async (args) => (await import('./elsewhere.ts')).pruneAccounts(args),
  },
  {
    name: 'accounts refresh',
    usage: `hamlet accounts refresh NAME@HOST ... | --domain HOST | --all [--json]

Reads the profiles of people of other servers anew.
  --domain  everybody of one server
  --all     everybody
  --json    answer with one JSON object`,
    options: { domain: { type: 'string' }, all: { type: 'boolean' }, json },
    run: async (args) => (await import('./elsewhere.ts')).refreshAccounts(args),
  },
  {
    name: 'statuses remove',
    usage: `hamlet statuses remove [--days N] [--clean-followed] [--dry-run] [--json]

Deletes old posts of other servers that nobody here answered, liked, kept, boosted, quoted, reported or was named in.
They are fetched again when somebody looks. It may be stopped at any moment, and goes on where it was.
  --days            how old they are at least (default: 90)
  --clean-followed  those of people whom somebody here follows, too
  --dry-run         only count
  --json            answer with one JSON object`,
    options: { days: { type: 'string' }, 'clean-followed': { type: 'boolean' }, ...dry },
    run: async (args) => (await import('./elsewhere.ts')).removeStatuses(args),
  },
]
