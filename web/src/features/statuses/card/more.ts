import type { FeedReason, Status } from '@hamlet/contract/status'
import { navigate } from '../../../app/router.ts'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import type { MenuItem } from '../../../ui/menu.tsx'
import { nameOf } from '../../../ui/people.tsx'
import { asItems } from '../../accounts/act-as.ts'
import { openFilterEditor, selectedWords } from '../../filters/editor-state.ts'
import { threadMuteItems } from '../../direct-threads/thread-mutes.ts'
import { openAddToList } from '../../lists/lists-state.ts'
import { whyItems } from '../../lists/why.ts'
import { openReport } from '../../moderation/report-state.ts'
import { blockAccount, muteAccount } from '../../profiles/acts.ts'
import { canBoost, copyLink, copyText, pathOf, removeStatus, toggleBoost, togglePin } from '../acts.ts'
import { openComposer } from '../composer-state.ts'
import { quoteItems } from '../quote/acts.ts'
import { replyItems } from '../replies/acts.ts'
import { redraftStatus } from '../redraft.ts'

/** Everything that can be done with a post, made when the menu opens. */
export function moreItems(status: Status, reason?: FeedReason): MenuItem[] {
  const items: MenuItem[] = [
    { label: t('statuses.openPost', 'Open the post'), icon: 'thread', run: () => navigate(pathOf(status)) },
    { label: t('statuses.copyLink', 'Copy link'), icon: 'link', run: () => void copyLink(status) },
    { label: t('statuses.copyText', 'Copy text'), icon: 'copy', run: () => void copyText(status) },
  ]
  if (status.url && !status.url.startsWith(`${location.origin}/`))
    items.push({
      label: t('statuses.openOriginal', 'Open the original page'),
      icon: 'outside',
      run: () => window.open(status.url ?? '', '_blank', 'noopener'),
    })
  if (canBoost(status) && !status.reblogged && status.visibility === 'public')
    items.push({
      label: t('statuses.boostToFollowers', 'Boost to followers only'),
      icon: 'boost',
      run: () => void toggleBoost(status, 'private'),
    })
  if (status.spoiler_text)
    items.push({
      label: t('statuses.warningRules', 'Always open or close such warnings'),
      icon: 'warning',
      run: () => navigate('/settings/reading#warning-rules'),
    })
  return [
    ...items,
    ...quoteItems(status),
    ...asItems(status),
    ...threadMuteItems(status),
    ...whyItems(status, reason),
    ...replyItems(status),
    ...(status.account.id === me.value.id ? ownItems(status) : otherItems(status)),
  ]
}

function ownItems(status: Status): MenuItem[] {
  const pin: MenuItem = status.pinned
    ? {
        label: t('statuses.unpin', 'Take from the top of your profile'),
        icon: 'unpin',
        run: () => void togglePin(status),
      }
    : { label: t('statuses.pin', 'Keep on top of your profile'), icon: 'pin', run: () => void togglePin(status) }
  return [
    // Mentions are for those whom they name, and stand on no profile.
    ...(status.visibility === 'direct' ? [] : [pin]),
    { label: t('statuses.edit', 'Edit'), icon: 'write', run: () => openComposer({ edit: status }) },
    { label: t('composer.redraft', 'Delete and write anew'), icon: 'addPart', run: () => void redraftStatus(status) },
    { label: t('statuses.delete', 'Delete'), icon: 'remove', isDangerous: true, run: () => void removeStatus(status) },
  ]
}

function otherItems(status: Status): MenuItem[] {
  const { account } = status
  const name = nameOf(account)
  return [
    { label: t('lists.addTo', 'Add to a list'), icon: 'list', run: () => openAddToList(account) },
    {
      label: t('filters.fromPost', 'Filter words like this'),
      icon: 'filter',
      run: () => openFilterEditor({ words: selectedWords() }),
    },
    { label: t('statuses.mute', 'Mute {name}', { name }), icon: 'mute', run: () => void muteAccount(account) },
    {
      label: t('statuses.block', 'Block {name}', { name }),
      icon: 'block',
      isDangerous: true,
      run: () => void blockAccount(account),
    },
    {
      label: t('statuses.report', 'Report {name}', { name }),
      icon: 'report',
      isDangerous: true,
      run: () => openReport(account, status),
    },
  ]
}
