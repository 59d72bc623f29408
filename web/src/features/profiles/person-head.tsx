import type { Account } from '@hamlet/contract/account'
import { useEffect, useRef, useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { relationshipOf } from '../../api/store.ts'
import { me } from '../../app/session.ts'
import { amount, rich, t } from '../../i18n/words.ts'
import { Html } from '../../ui/html.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { People } from '../../ui/people.tsx'
import { toast } from '../../ui/toast.tsx'
import { SettingsLink } from '../settings/settings-link.tsx'
import { Fields } from './fields.tsx'
import { FollowButton } from './follow-button.tsx'
import { NotifyButton, PersonMenu } from './person-menu.tsx'
import { StandingTags } from './person-row.tsx'
import { fullHandle, pronounsOf } from './words.ts'

type HeadProps = {
  account: Account
  /** Told whether the large name is seen. */
  onName: (isSeen: boolean) => void
  edit: () => void
}

/** Who somebody is: cover, picture, name, handle, what they say of themself, and how many (pictures 06a, 06b). */
export function PersonHead({ account, onName, edit }: HeadProps) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const watcher = new IntersectionObserver(([seen]) => onName(seen?.isIntersecting ?? true), {
      rootMargin: '-60px 0px 0px 0px',
    })
    if (title.current) watcher.observe(title.current)
    return () => watcher.disconnect()
  }, [account.id])
  const isOwn = account.id === me.value.id
  const isKnown = relationshipOf(account.id).value !== undefined
  return (
    <div class="person-head">
      <img class="person-cover" src={account.header} alt={account.header_description} />
      <div class="person-top">
        <span class="person-picture">
          <img class="avatar" src={account.avatar} alt={account.avatar_description} width={96} height={96} />
        </span>
        <div class="person-acts">
          {isOwn ? (
            <>
              <SettingsLink />
              <button class="button button-outline" type="button" onClick={edit}>
                {t('profiles.edit', 'Edit profile')}
              </button>
            </>
          ) : (
            // All at once, when it is known how things stand: none of them makes another move.
            isKnown && (
              <>
                <NotifyButton account={account} />
                <PersonMenu account={account} />
                <FollowButton account={account} />
              </>
            )
          )}
        </div>
      </div>
      <h2 class="person-title" dir="auto" ref={title}>
        <Name account={account} />
      </h2>
      <Handle account={account} />
      {account.note && (
        <div class="prose" dir="auto">
          <Html html={account.note} emojis={account.emojis} />
        </div>
      )}
      <Fields account={account} />
      <Counts account={account} />
      {!isOwn && <Familiar account={account} />}
    </div>
  )
}

/** The shape of a profile that is still to come, so that nothing jumps when it is there. */
export function PersonSkeleton() {
  return (
    <output class="person-head bones" aria-label={t('ui.loading', 'Loading')}>
      <span class="person-cover" />
      <span class="person-top">
        <span class="bone person-picture" />
      </span>
      <span class="bone bone-name" />
      <span class="bone bone-short" />
      <span class="bone" />
      <span class="bone" />
    </output>
  )
}

function Handle({ account }: { account: Account }) {
  const pronouns = pronounsOf(account)
  const copy = async () => {
    await navigator.clipboard.writeText(fullHandle(account))
    toast(t('profiles.handleCopied', 'The handle is copied.'))
  }
  const label = t('profiles.copyHandle', 'Copy the handle')
  return (
    <p class="person-sub">
      <bdi>@{account.acct}</bdi>
      <button class="person-copy" type="button" aria-label={label} title={label} onClick={() => void copy()}>
        <Icon name="copy" small />
      </button>
      {pronouns && (
        <span class="tag tag-plain" dir="auto">
          {pronouns}
        </span>
      )}
      {account.bot && <span class="tag tag-plain">{t('profiles.bot', 'Acts by itself')}</span>}
      {account.locked && <span class="tag tag-plain">{t('profiles.locked', 'Asks before follows')}</span>}
      <StandingTags id={account.id} />
    </p>
  )
}

function Counts({ account }: { account: Account }) {
  const number = (count: number) => <b>{amount(count)}</b>
  return (
    <p class="person-counts">
      <span>{rich('profiles.posts', '{count} posts', { count: number(account.statuses_count) })}</span>
      <a href={`/@${account.acct}/following`}>
        {rich('profiles.follows', '{count} follows', { count: number(account.following_count) })}
      </a>
      <a href={`/@${account.acct}/followers`}>
        {rich('profiles.followers', '{count} followers', { count: number(account.followers_count) })}
      </a>
    </p>
  )
}

const MOST_FACES = 3

/** Whom one knows among the followers. Without an answer nothing is said. */
function Familiar({ account }: { account: Account }) {
  const [known, setKnown] = useState<Account[]>([])
  useEffect(() => {
    request<{ accounts: Account[] }[]>('GET', `/api/v1/accounts/familiar_followers?id[]=${account.id}`)
      .then(([found]) => setKnown(found?.accounts ?? []))
      .catch(() => {})
  }, [account.id])
  if (known.length === 0) return null
  return (
    <p class="person-familiar">
      <span aria-hidden="true">
        {known.slice(0, MOST_FACES).map((one) => (
          <Avatar key={one.id} src={one.avatar} size={24} />
        ))}
      </span>
      <span>
        {rich('profiles.familiar', 'Followed by {names}, whom you follow', {
          names: <People accounts={known} most={MOST_FACES} />,
        })}
      </span>
    </p>
  )
}
