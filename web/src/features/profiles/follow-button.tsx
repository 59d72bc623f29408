import type { Account } from '@hamlet/contract/account'
import type { Relationship } from '@hamlet/contract/relationship'
import { relationshipOf } from '../../api/store.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { Icon } from '../../ui/parts.tsx'
import { toggleFollow, unblockAccount } from './acts.ts'

function wordsOf(known: Relationship, account: Account): string {
  if (known.following) return t('profiles.following', 'Following')
  if (known.requested) return t('profiles.asked', 'Asked')
  if (account.locked) return t('profiles.ask', 'Ask to follow')
  return known.followed_by ? t('profiles.followBack', 'Follow back') : t('profiles.follow', 'Follow')
}

/** Says how things stand; a press changes it. Nothing for oneself, and for somebody who lets nobody follow. */
export function FollowButton({ account }: { account: Account }) {
  const known = relationshipOf(account.id).value
  if (!known || account.id === me.value.id) return null
  if (known.blocking)
    return (
      <button class="button button-outline" type="button" onClick={() => void unblockAccount(account)}>
        {t('profiles.unblock', 'Unblock')}
      </button>
    )
  if (known.blocked_by || known.domain_blocking) return null
  const isOn = known.following || known.requested
  const words = wordsOf(known, account)
  return (
    <button
      class={isOn ? 'button button-outline' : 'button button-primary'}
      type="button"
      aria-pressed={isOn}
      aria-label={`${words}: ${nameOf(account)}`}
      title={known.requested ? t('profiles.askedHelp', 'Press to take your request back') : undefined}
      onClick={() => void toggleFollow(account)}
    >
      {known.following && <Icon name="check" />}
      {words}
    </button>
  )
}
