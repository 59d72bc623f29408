import type { DomainDraft, DraftChange, PolicySeverity, Relay, ServerCase, ServerItem } from '@hamlet/contract/server'
import { t } from '../../i18n/words.ts'

/** How strictly a server is treated. */
export const severityName = (severity: PolicySeverity): string =>
  ({
    noop: t('servers.noop', 'Open'),
    silence: t('servers.silence', 'Limited'),
    suspend: t('servers.suspend', 'Shut out'),
  })[severity]

export const severityHelp = (severity: PolicySeverity): string =>
  ({
    noop: t('servers.noopHelp', 'Its posts and people come in like all others, but for what is switched off below.'),
    silence: t(
      'servers.silenceHelp',
      'Its people are seen and heard only by those who follow them. They are not in public timelines or search.',
    ),
    suspend: t(
      'servers.suspendHelp',
      'Nothing comes in and nothing goes out. Follows are cut both ways, and given back when it is let in again.',
    ),
  })[severity]

export const changeName = (change: DraftChange): string =>
  ({
    new: t('servers.new', 'New'),
    stricter: t('servers.stricter', 'Stricter'),
    milder: t('servers.milder', 'Milder'),
    gone: t('servers.gone', 'Taken back'),
  })[change]

/** What a server is like, in a line. */
export function sayFacts({ people, following, followers, reports }: ServerItem): string {
  const parts = [
    t('servers.people', '{n, plural, =0 {nobody known} one {# person known} other {# people known}}', { n: people }),
    ...(following + followers > 0
      ? [t('servers.follows', '{n, plural, one {# follow} other {# follows}}', { n: following + followers })]
      : []),
    ...(reports > 0
      ? [t('servers.reports', '{n, plural, one {# open report} other {# open reports}}', { n: reports })]
      : []),
  ]
  return parts.join(' · ')
}

/** What is asked for, beside how it is today. */
export function sayWish({ severity, reject_media, reject_reports, change, today }: DomainDraft): string {
  if (change === 'gone')
    return t('servers.wishGone', 'The list names it no more. Today: {today}', {
      today: severityName(today ?? 'noop'),
    })
  const parts = [
    severityName(severity),
    ...(reject_media ? [t('servers.noMedia', 'no pictures')] : []),
    ...(reject_reports ? [t('servers.noReports', 'no reports')] : []),
  ]
  const wish = parts.join(', ')
  return today === null ? wish : t('servers.wishToday', '{wish}. Today: {today}', { wish, today: severityName(today) })
}

export const saySaved = () => t('servers.saved', 'Saved. It counts from now on.')

export function sayTies({ people, following, followers }: ServerCase['ties']): string {
  return t(
    'servers.tiesSum',
    '{people, plural, one {# person here loses} other {# people here lose}} {following, plural, =0 {nobody they follow} one {# whom they follow} other {# whom they follow}} and {followers, plural, =0 {no follower} one {# follower} other {# followers}}.',
    { people, following, followers },
  )
}

export const relayState = (state: Relay['state']): string =>
  ({
    idle: t('relays.idle', 'Left'),
    pending: t('relays.pending', 'Asked, no answer yet'),
    accepted: t('relays.accepted', 'Joined'),
    rejected: t('relays.rejected', 'Turned us away'),
  })[state]

/** Addresses that nobody has, for fields that are empty. */
export const exampleHost = 'social.example'
export const exampleList = 'https://lists.example/blocks.csv'
export const exampleRelay = 'https://relay.example/inbox'
