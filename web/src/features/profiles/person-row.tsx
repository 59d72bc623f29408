import type { Account } from '@hamlet/contract/account'
import type { ComponentChildren } from 'preact'
import { relationshipOf } from '../../api/store.ts'
import { t } from '../../i18n/words.ts'
import { Name } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { FollowButton } from './follow-button.tsx'

/** How somebody stands to the reader, in words: only what the button does not say. */
export function StandingTags({ id }: { id: string }) {
  const known = relationshipOf(id).value
  if (!known) return null
  return (
    <>
      {known.followed_by && <span class="tag">{t('profiles.followsYou', 'Follows you')}</span>}
      {known.muting && <span class="tag">{t('profiles.mutedTag', 'Muted')}</span>}
      {known.blocked_by && <span class="tag">{t('profiles.blocksYou', 'Blocks you')}</span>}
    </>
  )
}

/** Somebody in a list, with what can be done; `acts` stand in place of the button to follow. */
export function PersonRow({ account, acts }: { account: Account; acts?: ComponentChildren }) {
  return (
    <div class="person-row">
      <Avatar src={account.avatar} size={44} />
      <a href={`/@${account.acct}`}>
        <strong>
          <Name account={account} />
        </strong>
        <span class="meta">
          @{account.acct}
          <StandingTags id={account.id} />
        </span>
      </a>
      {acts ?? <FollowButton account={account} />}
    </div>
  )
}
