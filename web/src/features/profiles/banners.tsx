import type { Account } from '@hamlet/contract/account'
import type { ComponentChildren } from 'preact'
import { relationshipOf } from '../../api/store.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { Icon } from '../../ui/parts.tsx'
import { moment } from '../../ui/time.tsx'
import {
  answerRequest,
  loadRelationships,
  setServerBlock,
  toggleFollow,
  unblockAccount,
  unmuteAccount,
} from './acts.ts'
import { hostOf } from './words.ts'

function Banner({ children, acts }: { children: ComponentChildren; acts?: ComponentChildren }) {
  return (
    <div class="person-banner">
      <Icon name="info" />
      <p dir="auto">{children}</p>
      {acts && <span class="person-acts">{acts}</span>}
    </div>
  )
}

function Act({ run, children }: { run: () => void; children: ComponentChildren }) {
  return (
    <button class="button button-outline button-small" type="button" onClick={run}>
      {children}
    </button>
  )
}

/** How one stands to somebody where that is not as usual, each with the way out. */
export function Banners({ account }: { account: Account }) {
  const known = relationshipOf(account.id).value
  const name = nameOf(account)
  return (
    <>
      {account.moved && (
        <Banner
          acts={
            <a class="button button-outline button-small" href={`/@${account.moved.acct}`}>
              {t('profiles.seeMoved', 'See the new account')}
            </a>
          }
        >
          {t('profiles.moved', '{name} has moved to @{acct}.', { name, acct: account.moved.acct })}
        </Banner>
      )}
      {account.memorial && (
        <Banner>{t('profiles.memorial', '{name} has died. This profile is kept in their memory.', { name })}</Banner>
      )}
      {known?.requested_by && <RequestBanner account={account} />}
      {known?.requested && (
        <Banner acts={<Act run={() => void toggleFollow(account)}>{t('profiles.takeBack', 'Take back')}</Act>}>
          {t('profiles.waiting', 'You asked to follow. {name} has not answered yet.', { name })}
        </Banner>
      )}
      {known?.muting && (
        <Banner acts={<Act run={() => void unmuteAccount(account)}>{t('profiles.unmuteNow', 'Unmute')}</Act>}>
          {known.muting_expires_at
            ? t('profiles.mutedUntil', 'You muted {name} until {time}.', {
                name,
                time: moment(known.muting_expires_at),
              })
            : t('profiles.mutedNow', 'You muted {name}. Their posts are here, but not in your home.', { name })}
        </Banner>
      )}
    </>
  )
}

function RequestBanner({ account }: { account: Account }) {
  const answer = async (verb: 'authorize' | 'reject') => {
    if (await answerRequest(account, verb)) await loadRelationships([account.id])
  }
  return (
    <Banner
      acts={
        <>
          <Act run={() => void answer('reject')}>{t('profiles.no', 'No')}</Act>
          <button class="button button-primary button-small" type="button" onClick={() => void answer('authorize')}>
            {t('profiles.letIn', 'Let in')}
          </button>
        </>
      }
    >
      {t('profiles.asksYou', '{name} asks to follow you.', { name: nameOf(account) })}
    </Banner>
  )
}

type Shut = { title: string; text: string; act?: { label: string; run: () => void } }

/** Why the posts of somebody are not shown, and the way to them where there is one; undefined where they are. */
export function shutBecause(account: Account, isOpened: boolean, open: () => void): Shut | undefined {
  const known = relationshipOf(account.id).value
  const name = nameOf(account)
  const host = hostOf(account)
  if (known?.blocked_by)
    return {
      title: t('profiles.blockedBy', '{name} blocks you', { name }),
      text: t('profiles.blockedByText', 'You cannot follow each other or see their posts.'),
    }
  if (known?.blocking)
    return {
      title: t('profiles.blockingTitle', 'You block {name}', { name }),
      text: t('profiles.blockingText', 'You are not shown their posts, and they are not shown yours.'),
      act: { label: t('profiles.unblock', 'Unblock'), run: () => void unblockAccount(account) },
    }
  if (known?.domain_blocking && host)
    return {
      title: t('profiles.serverTitle', 'You block {host}', { host }),
      text: t('profiles.serverText', 'Nothing from that server is shown to you.'),
      act: {
        label: t('profiles.unblockServer', 'Unblock {host}', { host }),
        run: () => void setServerBlock(host, account, false),
      },
    }
  if (account.limited && !known?.following && !isOpened)
    return {
      title: t('profiles.limited', 'This profile is hidden by the moderators'),
      text: t('profiles.limitedText', 'The team of this server has limited it. You can look all the same.'),
      act: { label: t('profiles.look', 'Show the profile'), run: open },
    }
  return undefined
}
