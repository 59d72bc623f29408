import type { Account, FeaturedTag } from '@hamlet/contract/account'
import { useMemo } from 'preact/hooks'
import { keepAccount } from '../../api/store.ts'
import { makeFeed } from '../../api/timeline.ts'
import { me, server } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { FeedList } from '../../ui/states.tsx'
import { PrivateNote } from './note.tsx'
import { PersonRow } from './person-row.tsx'
import { dayWords, hostOf, monthWords } from './words.ts'

/** What is to be known of somebody beside their posts: since when, from where, and whom they recommend. */
export function About({ account, tags }: { account: Account; tags: readonly FeaturedTag[] }) {
  const isOwn = account.id === me.value.id
  const facts: [string, string][] = [
    [t('profiles.joined', 'Joined'), monthWords(account.created_at)],
    [t('profiles.server', 'Server'), hostOf(account) ?? server.value.domain],
  ]
  if (account.last_status_at) facts.push([t('profiles.lastPost', 'Last post'), dayWords(account.last_status_at)])
  return (
    <div class="person-about">
      {!isOwn && <PrivateNote account={account} />}
      <dl class="person-fields">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {tags.length > 0 && (
        <p class="person-tags">
          {tags.map((tag) => (
            <a key={tag.id} href={`/@${account.acct}/tagged/${tag.url.split('/').at(-1)}`}>
              <bdi>#{tag.name}</bdi>
            </a>
          ))}
        </p>
      )}
      <Endorsed account={account} />
    </div>
  )
}

function Endorsed({ account }: { account: Account }) {
  const path = `/api/v1/accounts/${account.id}/endorsements`
  const feed = useMemo(() => makeFeed<Account>(path, keepAccount), [path])
  const isOwn = account.id === me.value.id
  return (
    <section aria-label={t('profiles.recommends', 'People on this profile')}>
      <h3 class="list-title">{t('profiles.recommends', 'People on this profile')}</h3>
      <FeedList
        feed={feed}
        empty={{
          title: t('profiles.recommendsNone', 'Nobody yet'),
          text: isOwn
            ? t(
                'profiles.recommendsOwn',
                'Open the profile of somebody whom you follow, and choose “Show on my profile”.',
              )
            : t('profiles.recommendsText', 'Whom {name} recommends stands here.', { name: nameOf(account) }),
        }}
        draw={(one) => <PersonRow key={one.id} account={one} />}
      />
    </section>
  )
}
