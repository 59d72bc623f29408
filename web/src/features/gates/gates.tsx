import type { AdminEmailDomainBlock, BlockedName } from '@hamlet/contract/gate'
import { useMemo, useState } from 'preact/hooks'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { makeMailboxes, makeNetworks } from './addresses.ts'
import { GateList, standing, type GateKind } from './gate-list.tsx'

const text = (form: FormData, name: string) => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

const sayAsks = (row: { allow_with_approval: boolean }) =>
  row.allow_with_approval ? t('gates.asks', 'Asks a moderator') : undefined
const sayExact = () => t('gates.exact', 'This name')
const sayContains = () => t('gates.contains', 'Every name with it')

const makeNames = (): GateKind<BlockedName> => ({
  path: '/api/web/moderation/names',
  lead: t(
    'gates.namesLead',
    'Nobody signs up with these names, nor with names that look like them: adm1n and ad_min are admin. Whoever has one already keeps it.',
  ),
  field: { label: t('gates.name', 'Name'), maxLength: 31, placeholder: 'harbourmaster' },
  choices: [
    {
      name: 'comparison',
      label: t('gates.keepsBack', 'Keeps back'),
      options: [
        ['exact', sayExact()],
        ['contains', sayContains()],
      ],
    },
    standing(),
  ],
  empty: {
    title: t('gates.namesEmpty', 'Every name is free'),
    text: t('gates.namesEmptyText', 'Add those by which a stranger could pass for one of the team.'),
  },
  nameOf: (row) => row.pattern,
  tagOf: sayAsks,
  notesOf: (row) => [row.comparison === 'contains' ? sayContains() : sayExact()],
  read: (form) => ({
    pattern: text(form, 'text'),
    comparison: text(form, 'comparison'),
    allow_with_approval: text(form, 'standing') === 'ask',
  }),
  repeat: ({ pattern, comparison, allow_with_approval }) => ({ pattern, comparison, allow_with_approval }),
})

const makeMailDomains = (): GateKind<AdminEmailDomainBlock> => ({
  path: '/api/v1/admin/email_domain_blocks',
  lead: t(
    'gates.mailDomainsLead',
    'Nobody signs up with an address of these domains, of a domain below them, or of one whose mail they take. Whoever is here already stays.',
  ),
  field: { label: t('gates.mailDomain', 'Mail domain'), maxLength: 253, placeholder: 'mail.example' },
  choices: [standing()],
  empty: {
    title: t('gates.domainsEmpty', 'Mail from everywhere is welcome'),
    text: t('gates.domainsEmptyText', 'Add the domains that bring you spam.'),
  },
  nameOf: (row) => row.domain,
  tagOf: sayAsks,
  notesOf: ({ history }) => {
    const tries = history.reduce((sum, day) => sum + Number(day.uses), 0)
    return [
      t('gates.tries', '{n, plural, =0 {No tries this week} one {# try this week} other {# tries this week}}', {
        n: tries,
      }),
    ]
  },
  read: (form) => ({ domain: text(form, 'text'), allow_with_approval: text(form, 'standing') === 'ask' }),
  repeat: ({ domain, allow_with_approval }) => ({ domain, allow_with_approval }),
})

type Tab = 'names' | 'domains' | 'mailboxes' | 'networks'
const listTabs = (): [Tab, string][] => [
  ['names', t('gates.names', 'Names')],
  ['domains', t('gates.mailDomains', 'Mail domains')],
  ['mailboxes', t('gates.mailboxes', 'Mailboxes')],
  ['networks', t('gates.networks', 'Networks')],
]

/** Who cannot sign up, or not come at all: names, mail domains, mailboxes and networks (parts of pictures 13a and 18). */
export function SignUpGates() {
  const [tab, setTab] = useState<Tab>('names')
  const names = useMemo(makeNames, [])
  const mailDomains = useMemo(makeMailDomains, [])
  const mailboxes = useMemo(makeMailboxes, [])
  const networks = useMemo(makeNetworks, [])
  return (
    <>
      <ColumnHead
        title={t('gates.keptOutTitle', 'Kept out')}
        tabs={<Tabs label={t('gates.keptOut', 'What is kept out')} tabs={listTabs()} current={tab} choose={setTab} />}
      />
      {tab === 'names' && <GateList key={tab} kind={names} />}
      {tab === 'domains' && <GateList key={tab} kind={mailDomains} />}
      {tab === 'mailboxes' && <GateList key={tab} kind={mailboxes} />}
      {tab === 'networks' && <GateList key={tab} kind={networks} />}
    </>
  )
}
