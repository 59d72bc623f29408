import type { AdminCanonicalEmailBlock, AdminIpBlock } from '@hamlet/contract/gate'
import { t } from '../../i18n/words.ts'
import { date } from '../../ui/time.tsx'
import type { GateKind } from './gate-list.tsx'

const text = (form: FormData, name: string) => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** One mailbox, however its address is written; the list keeps nobody's address. */
export const makeMailboxes = (): GateKind<AdminCanonicalEmailBlock> => ({
  path: '/api/v1/admin/canonical_email_blocks',
  lead: t(
    'gates.mailboxesLead',
    'Nobody signs up with these mailboxes, however the address is written: dots and what follows a plus count for nothing. The list keeps no address, only a mark that the same address makes again.',
  ),
  field: { label: t('gates.mailbox', 'E-mail address'), maxLength: 320, placeholder: 'name@mail.example' },
  choices: [],
  empty: {
    title: t('gates.mailboxesEmpty', 'No mailbox is kept out'),
    text: t('gates.mailboxesEmptyText', 'Add the address of somebody who comes back under another name.'),
  },
  nameOf: (row) => row.canonical_email_hash.slice(0, 16),
  notesOf: () => [],
  read: (form) => ({ email: text(form, 'text') }),
  repeat: ({ canonical_email_hash }) => ({ canonical_email_hash }),
  sayRemoved: () => t('gates.mailboxFree', 'This mailbox may sign up again.'),
})

const saySeverity: Record<AdminIpBlock['severity'], () => string> = {
  sign_up_requires_approval: () => t('gates.netAsks', 'Sign-ups ask a moderator'),
  sign_up_block: () => t('gates.netNoSignUp', 'Nobody signs up'),
  no_access: () => t('gates.netShut', 'Nobody gets in at all'),
}

const DAY_S = 86_400
const lifetimes = (): [string, string][] => [
  [String(DAY_S), t('gates.aDay', 'A day')],
  [String(7 * DAY_S), t('gates.aWeek', 'A week')],
  [String(30 * DAY_S), t('gates.aMonth', '30 days')],
  [String(365 * DAY_S), t('gates.aYear', 'A year')],
  ['0', t('gates.forEver', 'For ever')],
]

/** Where machines are: an address, or a network of them. */
export const makeNetworks = (): GateKind<AdminIpBlock> => ({
  path: '/api/v1/admin/ip_blocks',
  lead: t(
    'gates.networksLead',
    'An address such as 192.0.2.7, or a network such as 192.0.2.0/24. Addresses change hands: a block that ends by itself harms nobody later.',
  ),
  field: { label: t('gates.network', 'Address or network'), maxLength: 64, placeholder: '192.0.2.0/24' },
  choices: [
    {
      name: 'severity',
      label: t('gates.then', 'Then'),
      options: Object.entries(saySeverity).map(([name, say]) => [name, say()] as const),
    },
    { name: 'expires', label: t('gates.for', 'For'), options: lifetimes() },
  ],
  comment: { label: t('gates.note', 'Note for the team'), maxLength: 1000 },
  empty: {
    title: t('gates.networksEmpty', 'Everybody may come from everywhere'),
    text: t('gates.networksEmptyText', 'Add where a flood comes from.'),
  },
  nameOf: (row) => row.ip,
  tagOf: (row) => saySeverity[row.severity](),
  notesOf: (row) => [
    row.comment || undefined,
    row.expires_at ? t('gates.until', 'until {when}', { when: date(row.expires_at) }) : undefined,
  ],
  read: (form) => ({
    ip: text(form, 'text'),
    severity: text(form, 'severity'),
    expires_in: Number(text(form, 'expires')),
    comment: text(form, 'comment'),
  }),
  repeat: ({ ip, severity, comment, expires_at }) => ({
    ip,
    severity,
    comment,
    expires_in: expires_at ? Math.max(1, Math.round((Date.parse(expires_at) - Date.now()) / 1000)) : 0,
  }),
  sayRemoved: (row) => t('gates.networkFree', '{network} may come again.', { network: row.ip }),
})
