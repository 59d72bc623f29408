import type { Command } from './command.ts'

const json = { type: 'boolean' } as const
const dry = { 'dry-run': { type: 'boolean' }, json } as const

/** Who and what is kept out, and what is sent away. Light, like `commands.ts`. */
export const keepOutCommands: readonly Command[] = [
  {
    name: 'domains purge',
    usage: `hamlet domains purge HOST --yes [--dry-run] [--json]

Deletes everything that is kept of another server and of those below its name: its people, their posts and pictures,
and what they did here. The running server does the work, or the next one that starts. It cannot be undone; a server
that is not shut out comes back with the next post of its people.
  --yes      really do it
  --dry-run  only say how many people would go
  --json     answer with one JSON object`,
    options: { yes: { type: 'boolean' }, ...dry },
    run: async (args) => (await import('./domain.ts')).purgeDomain(args),
  },
  {
    name: 'ip-blocks add',
    usage: `hamlet ip-blocks add ADDRESS [--severity S] [--comment C] [--days N] [--json]

Keeps an address or a network such as 192.0.2.0/24 out. Running servers do so within a second.
  --severity  sign_up_requires_approval (the default), sign_up_block or no_access
  --comment   why, for the team
  --days      for so many days; without it for ever
  --json      answer with one JSON object`,
    options: { severity: { type: 'string' }, comment: { type: 'string' }, days: { type: 'string' }, json },
    run: async (args) => (await import('./keep-out.ts')).addNetwork(args),
  },
  {
    name: 'ip-blocks export',
    usage: `hamlet ip-blocks export [--json]

Shows every address and network that is kept out, the newest first.`,
    options: { json },
    run: async (args) => (await import('./keep-out.ts')).listNetworks(args),
  },
  {
    name: 'ip-blocks remove',
    usage: `hamlet ip-blocks remove ADDRESS [--dry-run] [--json]

Deletes one of them: whoever comes from there is let in again.
  --dry-run  only say whether it is there`,
    options: dry,
    run: async (args) => (await import('./keep-out.ts')).removeNetwork(args),
  },
  {
    name: 'email-domain-blocks add',
    usage: `hamlet email-domain-blocks add DOMAIN [--approval] [--json]

Lets nobody sign up with an address at a domain or below it. Whoever is here stays.
  --approval  they may ask, and are in when somebody has approved them
  --json      answer with one JSON object`,
    options: { approval: { type: 'boolean' }, json },
    run: async (args) => (await import('./keep-out.ts')).addMailDomain(args),
  },
  {
    name: 'email-domain-blocks list',
    usage: `hamlet email-domain-blocks list [--json]

Shows every domain whose addresses are kept out, the newest first.`,
    options: { json },
    run: async (args) => (await import('./keep-out.ts')).listMailDomains(args),
  },
  {
    name: 'email-domain-blocks remove',
    usage: `hamlet email-domain-blocks remove DOMAIN [--dry-run] [--json]

Deletes one of them: its addresses are let in again.
  --dry-run  only say whether it is there`,
    options: dry,
    run: async (args) => (await import('./keep-out.ts')).removeMailDomain(args),
  },
  {
    name: 'canonical-email-blocks add',
    usage: `hamlet canonical-email-blocks add EMAIL [--json]

Lets nobody sign up with a mailbox, however its address is written. Only a hash of it is kept.`,
    options: { json },
    run: async (args) => (await import('./keep-out.ts')).addMailbox(args),
  },
  {
    name: 'canonical-email-blocks find',
    usage: `hamlet canonical-email-blocks find EMAIL [--json]

Says whether a mailbox is kept out.`,
    options: { json },
    run: async (args) => (await import('./keep-out.ts')).findMailbox(args),
  },
  {
    name: 'canonical-email-blocks remove',
    usage: `hamlet canonical-email-blocks remove EMAIL [--dry-run] [--json]

Deletes what keeps a mailbox out: somebody can sign up with it again.
  --dry-run  only say whether it is there`,
    options: dry,
    run: async (args) => (await import('./keep-out.ts')).removeMailbox(args),
  },
]
