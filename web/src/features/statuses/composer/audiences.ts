import type { QuotePolicy, Visibility } from '@hamlet/contract/status'
import type { IconName } from '../../../../sprite.ts'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'

export type Choice = { value: Visibility; icon: IconName; name: string; help: string }

/** Who a post can be for, from the widest to the narrowest, with what choosing it means. */
export function listAudiences(followers: { people: number; servers: number }): Choice[] {
  return [
    {
      value: 'public',
      icon: 'public',
      name: t('composer.everyone', 'Everyone'),
      help: t('composer.everyoneHelp', 'Public, may appear in Explore'),
    },
    {
      value: 'unlisted',
      icon: 'unlisted',
      name: t('composer.quiet', 'Everyone, not promoted'),
      help: t('composer.quietHelp', 'Public, kept out of feeds and tags'),
    },
    {
      value: 'private',
      icon: 'private',
      name: t('composer.followers', 'Followers'),
      help: t(
        'composer.followersHelp',
        '{people, plural, one {# person} other {# people}}{servers, plural, =0 {} one { on # server} other { on # servers}}',
        followers,
      ),
    },
    {
      value: 'direct',
      icon: 'direct',
      name: t('composer.mentioned', 'Only the people I mention'),
      help: t('composer.mentionedHelp', 'A server moderator could read it'),
    },
  ]
}

export function listQuotePolicies(): [QuotePolicy, string][] {
  return [
    ['public', t('composer.anyoneQuotes', 'Anyone can quote')],
    ['followers', t('composer.followersQuote', 'Followers can quote')],
    ['nobody', t('composer.nobodyQuotes', 'Nobody can quote')],
  ]
}

/** What is known before the server answers. */
export function ownFollowers(): number {
  return me.value.followers_count
}
