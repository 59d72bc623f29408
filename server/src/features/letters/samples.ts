import type { LetterKind, Letters } from '@hamlet/contract/letters'

/** Facts as they might be, so that each letter can be looked at before anybody gets it. */
export function sampleFacts(url: string): Letters {
  const link = `${url}/about`
  const visit = { ip: '203.0.113.7', browser: 'Firefox', at: '2026-11-27T10:00:00.000Z', link }
  return {
    confirm: { link },
    password: { link },
    passwordChanged: { link },
    newEmail: { link },
    emailAsked: { link },
    emailChanged: { link },
    approved: { link },
    rejected: {},
    reportsWait: { fresh: 12, count: 40, link },
    appealsWait: { fresh: 1, count: 2, link },
    signUpsWait: { count: 3, names: '@ines, @bram, @oda', link },
    deletionAsked: { date: '2026-12-27', link },
    alreadyHere: { signIn: link, password: link },
    factorChanged: { change: 'passkeyAdded', link },
    factorFailed: visit,
    newPlace: visit,
    strike: {
      decision: 'limit',
      text: '…',
      rules: '…',
      posts: '…',
      until: '2026-12-04T10:00:00.000Z',
      cause: 'report',
      automated: '',
      link,
      days: 20,
    },
    strikeEnded: { decision: 'limit' },
    strikeUndone: { decision: 'limit' },
    appealApproved: { decision: 'limit', text: '…' },
    appealRejected: { decision: 'limit', text: '…' },
    reportOutcome: { outcomes: [{ who: '@somebody', isActed: true }], more: 0, link },
    postApproved: { link },
    postRejected: { text: '…', link },
    archiveReady: { link },
    trendsWaiting: { tags: '#tidepools', links: 'harbour.example', posts: '@ines', link },
    termsChanged: { date: '2026-12-27', changes: '…', link },
  }
}

export const letterKinds = Object.keys(sampleFacts('')) as LetterKind[]
export const isLetterKind = (kind: string): kind is LetterKind => (letterKinds as string[]).includes(kind)
