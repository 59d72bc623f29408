import { careCommands } from './care-commands.ts'
import { elsewhereCommands } from './elsewhere-commands.ts'
import type { Command } from './command.ts'
import { keepOutCommands } from './keep-out-commands.ts'
import { keepingCommands } from './keeping-commands.ts'

const json = { type: 'boolean' } as const
const emojiChoices = {
  category: { type: 'string' },
  unlisted: { type: 'boolean' },
  overwrite: { type: 'boolean' },
  json,
} as const

/**
 * What `hamlet` can be told, and how each is asked for. This file stays light, so that help answers at once: whatever
 * runs a command is imported by the command itself, when it runs.
 */
export const commands: readonly Command[] = [
  {
    name: 'start',
    usage: `hamlet start [--roles web,worker,streaming]

Starts the server: database, migrations, web app, and everything in this process that the roles name.
Settings come from the environment and from hamlet.env in the data folder; see docs/configuration.md.`,
    options: { roles: { type: 'string' } },
    run: async (args) => (await import('./start.ts')).start(args),
  },
  {
    name: 'migrate',
    usage: `hamlet migrate [--json]

Brings the database up to date. 'hamlet start' does this by itself.`,
    options: { json },
    run: async (args) => (await import('./migrate.ts')).migrateDatabase(args),
  },
  {
    name: 'accounts create',
    usage: `hamlet accounts create NAME --email E [--password P] [--role owner|admin|moderator|user] [--confirmed] [--json]

Makes an account on this server and the person who logs in to it.
  --email      the person's e-mail address
  --password   8 characters or more; without it one is made and shown once
  --role       what the person may do (default: user)
  --confirmed  the address needs no confirmation mail
  --json       answer with one JSON object`,
    options: {
      email: { type: 'string' },
      password: { type: 'string' },
      role: { type: 'string' },
      confirmed: { type: 'boolean' },
      json,
    },
    run: async (args) => (await import('./accounts.ts')).createAccount(args),
  },
  {
    name: 'accounts delete',
    usage: `hamlet accounts delete NAME --yes [--dry-run] [--json]

Erases an account of this server with everything of it, here and, as far as they listen, on other servers. Nobody can take its
name again. It cannot be undone.
  --yes      really do it
  --dry-run  only say what would go
  --json     answer with one JSON object`,
    options: { yes: { type: 'boolean' }, 'dry-run': { type: 'boolean' }, json },
    run: async (args) => (await import('./accounts.ts')).deleteAccount(args),
  },
  {
    name: 'tokens create',
    usage: `hamlet tokens create NAME [--scopes "read write follow push"] [--json]

Makes an access token for an account, for scripts and tests. It is shown once.
  --scopes  what the token may do (default: read)
  --json    answer with one JSON object`,
    options: { scopes: { type: 'string' }, json },
    run: async (args) => (await import('./tokens.ts')).createAccessToken(args),
  },
  {
    name: 'settings get',
    usage: `hamlet settings get [NAME] [--json]

Shows one setting, or all of them.`,
    options: { json },
    run: async (args) => (await import('./settings.ts')).showSettings(args),
  },
  {
    name: 'settings set',
    usage: `hamlet settings set NAME VALUE [--json]

Changes a setting; running servers use it at once.`,
    options: { json },
    run: async (args) => (await import('./settings.ts')).changeSetting(args),
  },
  {
    name: 'domain set',
    usage: `hamlet domain set HOST [--json]

Renames the server, and with it every address on it, while no other server knows it. The name is kept in hamlet.env
in the data folder; a server that runs must be started again.`,
    options: { json },
    run: async (args) => (await import('./domain.ts')).setDomain(args),
  },
  {
    name: 'emoji add',
    usage: `hamlet emoji add NAME FILE [--category C] [--unlisted] [--overwrite] [--json]

Gives this server a custom emoji: people write :NAME: and see the picture. PNG, GIF, WebP, AVIF or JPEG, 256 KB at most.
  --category   under which heading people find it
  --unlisted   it is not offered; whoever knows its name can write it
  --overwrite  an emoji that has this name already gets the new picture
  --json       answer with one JSON object`,
    options: emojiChoices,
    run: async (args) => (await import('./emoji.ts')).addOne(args),
  },
  {
    name: 'emoji import',
    usage: `hamlet emoji import FOLDER [--prefix P] [--category C] [--unlisted] [--overwrite] [--json]

Adds every picture in a folder as a custom emoji, named like its file. What cannot be used is named and skipped.
  --prefix     stands before each name
  --category   under which heading people find them
  --unlisted   they are not offered; whoever knows a name can write it
  --overwrite  emoji that have these names already get the new pictures
  --json       answer with one JSON object`,
    options: { ...emojiChoices, prefix: { type: 'string' } },
    run: async (args) => (await import('./emoji.ts')).importFolder(args),
  },
  {
    name: 'emoji list',
    usage: `hamlet emoji list [--json]

Shows the custom emoji of this server.`,
    options: { json },
    run: async (args) => (await import('./emoji.ts')).listAll(args),
  },
  {
    name: 'emoji remove',
    usage: `hamlet emoji remove NAME [--json]

Takes a custom emoji away. Where people wrote it, its name is shown.
  --json  answer with one JSON object`,
    options: { json },
    run: async (args) => (await import('./emoji.ts')).removeOne(args),
  },
  {
    name: 'announcements list',
    usage: `hamlet announcements list [--json]

Shows what was announced to everybody here, what waits for its hour, and what is over.`,
    options: { json },
    run: async (args) => (await import('./announcements.ts')).listAll(args),
  },
  {
    name: 'announcements publish',
    usage: `hamlet announcements publish TEXT [--starts T --ends T [--all-day]] [--at T] [--json]

Announces something to everybody here. Running servers show it at once. T is a moment such as 2027-01-31T20:00Z.
  --starts   when it begins, what is announced
  --ends     when it ends: then it is taken down
  --all-day  both are days
  --at       shows it then, not now
  --json     answer with one JSON object`,
    options: {
      starts: { type: 'string' },
      ends: { type: 'string' },
      'all-day': { type: 'boolean' },
      at: { type: 'string' },
      json,
    },
    run: async (args) => (await import('./announcements.ts')).publishOne(args),
  },
  {
    name: 'announcements remove',
    usage: `hamlet announcements remove NUMBER [--json]

Takes an announcement away, with everything that people answered to it.`,
    options: { json },
    run: async (args) => (await import('./announcements.ts')).removeOne(args),
  },
  {
    name: 'demo load',
    usage: `hamlet demo load [--follow NAME] [--json]

Brings the demo village: twelve invented residents with posts and pictures. They stay on this server, cannot sign in,
and leave with 'hamlet demo remove'. Pressed twice it changes nothing.
  --follow  a local account that follows them all
  --json    answer with one JSON object`,
    options: { follow: { type: 'string' }, json },
    run: async (args) => (await import('./demo.ts')).loadDemo(args),
  },
  {
    name: 'demo remove',
    usage: `hamlet demo remove [--json]

Removes the demo village and everything that it left. People who really live here are not touched.
  --json  answer with one JSON object`,
    options: { json },
    run: async (args) => (await import('./demo.ts')).removeDemo(args),
  },
  {
    name: 'doctor',
    usage: `hamlet doctor [--outbound HOST] [--json]

Checks the configuration, the database, the disk and the clock, whether other servers and the mail server can be
reached, and whether the public address leads here. Says what to do about each fault.
  --outbound  a host that answers over https (default: example.org)
  --json      answer with one JSON object`,
    options: { outbound: { type: 'string' }, json },
    run: async (args) => (await import('./doctor.ts')).examine(args),
  },
  ...careCommands,
  ...elsewhereCommands,
  ...keepingCommands,
  ...keepOutCommands,
]
