import type { AdminEmailDomainBlock, BlockedName } from '@hamlet/contract/gate'
import { useState } from 'preact/hooks'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { countOf } from '../../ui/parts.tsx'
import { GateList, standing, type GateKind } from './gate-list.tsx'

const text = (form: FormData, name: string) => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

const names: GateKind<BlockedName> = {
  path: '/api/web/moderation/names',
  lead: 'Nobody signs up with these names, nor with names that look like them: adm1n and ad_min are admin. Whoever has one already keeps it.',
  field: { label: 'Name', maxLength: 31, placeholder: 'harbourmaster' },
  choices: [
    {
      name: 'comparison',
      label: 'Keeps back',
      options: [
        ['exact', 'This name'],
        ['contains', 'Every name with it'],
      ],
    },
    standing,
  ],
  empty: { title: 'Every name is free', text: 'Add those by which a stranger could pass for one of the team.' },
  nameOf: (row) => row.pattern,
  notesOf: (row) => [row.comparison === 'contains' ? 'Every name with it' : 'This name'],
  read: (form) => ({
    pattern: text(form, 'text'),
    comparison: text(form, 'comparison'),
    allow_with_approval: text(form, 'standing') === 'ask',
  }),
  repeat: ({ pattern, comparison, allow_with_approval }) => ({ pattern, comparison, allow_with_approval }),
}

const mailDomains: GateKind<AdminEmailDomainBlock> = {
  path: '/api/v1/admin/email_domain_blocks',
  lead: 'Nobody signs up with an address of these domains, or of a domain below them. Whoever is here already stays.',
  field: { label: 'Mail domain', maxLength: 253, placeholder: 'mail.example' },
  choices: [standing],
  empty: { title: 'Mail from everywhere is welcome', text: 'Add the domains that bring you spam.' },
  nameOf: (row) => row.domain,
  notesOf: ({ history }) => {
    const tries = history.reduce((sum, day) => sum + Number(day.uses), 0)
    return [countOf(tries, 'try this week', 'tries this week') ?? 'No tries this week']
  },
  read: (form) => ({ domain: text(form, 'text'), allow_with_approval: text(form, 'standing') === 'ask' }),
  repeat: ({ domain, allow_with_approval }) => ({ domain, allow_with_approval }),
}

const tabs = [
  ['names', 'Names'],
  ['domains', 'Mail domains'],
] as const
type Tab = (typeof tabs)[number][0]

/** Who cannot sign up: names that are kept back, and mail domains that are kept out (parts of pictures 13a and 18). */
export function SignUpGates() {
  const [tab, setTab] = useState<Tab>('names')
  return (
    <>
      <ColumnHead
        title="Names and mail domains"
        back
        tabs={<Tabs label="What is kept out" tabs={tabs} current={tab} choose={setTab} />}
      />
      {tab === 'names' ? <GateList key={tab} kind={names} /> : <GateList key={tab} kind={mailDomains} />}
    </>
  )
}
