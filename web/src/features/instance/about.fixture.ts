import type { PageModel, PublicDecision, RuleText, Site } from '@hamlet/contract/pages'

const blank = { action: 'warn', category: '', rules: [], isAutomated: false, count: 3, undone: 0 }
const decided = (line: Partial<PublicDecision>): PublicDecision => ({ ...blank, ...line })

/** The page of what the team did, empty and with every word that it has. */
export function moderationModels(site: Site): PageModel[] {
  const actions = ['none', 'warn', 'mark', 'delete', 'sensitive', 'limit', 'freeze', 'suspend']
  const lines = [
    ...actions.map((action) => decided({ action, category: 'spam', undone: 1 })),
    ...['legal', 'violation', 'other', ''].map((category) => decided({ category })),
    decided({ isAutomated: true }),
    decided({ category: 'violation', rules: ['1'], undone: 2 }),
  ]
  return [
    { kind: 'moderation', site, months: [], servers: [] },
    {
      kind: 'moderation',
      site,
      months: [{ month: '2026-03', lines }],
      servers: [
        { host: '1.2', severity: 'suspend', reason: '3' },
        { host: '2.2', severity: 'silence', reason: '' },
      ],
    },
  ]
}

/** The page about the server, with everything that it says and with nothing. */
export function aboutModels<S extends { account: unknown }>(site: Site, rules: RuleText[], statuses: S[]) {
  return [
    {
      kind: 'about',
      site,
      rules,
      contact: '1@2.3',
      person: statuses[0]?.account ?? null,
      texts: { about: '<p>1</p>', privacy: '<p>2</p>', terms: '<p>3</p>' },
      counts: { activeMonth: 5, statuses: 1200, peers: 3 },
      statuses: statuses,
      hasModerationLog: true,
    },
    {
      kind: 'about',
      site: { ...site, registrationsOpen: false, memberCount: 1 },
      rules: [],
      contact: '',
      person: null,
      texts: { about: '', privacy: '', terms: '' },
      counts: { activeMonth: 0, statuses: 0, peers: 0 },
      statuses: [],
      hasModerationLog: false,
    },
  ]
}
