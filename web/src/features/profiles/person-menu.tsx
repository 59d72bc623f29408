import type { Account } from '@hamlet/contract/account'
import type { Relationship } from '@hamlet/contract/relationship'
import { relationshipOf } from '../../api/store.ts'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { nameOf } from '../../ui/name.tsx'
import { Icon } from '../../ui/parts.tsx'
import { toast } from '../../ui/toast.tsx'
import { openAddToList } from '../lists/lists-state.ts'
import { openReport } from '../moderation/report-state.ts'
import { searchPath } from '../search/search-field.tsx'
import { openComposer } from '../statuses/composer-state.ts'
import {
  blockAccount,
  changeFollow,
  muteAccount,
  removeFollower,
  setServerBlock,
  toggleEndorse,
  unblockAccount,
  unmuteAccount,
} from './acts.ts'
import { dialogOf } from './dialogs-state.ts'
import { hostOf } from './words.ts'

/** Whether one is told of each post of somebody whom one follows. */
export function NotifyButton({ account }: { account: Account }) {
  const known = relationshipOf(account.id).value
  if (!known?.following) return null
  const name = nameOf(account)
  const label = t('profiles.notify', 'Tell me of every post of {name}', { name })
  const said = known.notifying
    ? t('profiles.notifyOff', 'You are told of posts of {name} no longer.', { name })
    : t('profiles.notifyOn', 'You are told of every post of {name}.', { name })
  return (
    <button
      class={known.notifying ? 'icon-button icon-outline icon-on' : 'icon-button icon-outline'}
      type="button"
      aria-pressed={known.notifying}
      aria-label={label}
      title={label}
      onClick={() => void changeFollow(account, { notify: !known.notifying }, said)}
    >
      <Icon name={known.notifying ? 'told' : 'notifications'} />
    </button>
  )
}

/** Everything that can be done about somebody beside the button to follow. */
export function PersonMenu({ account }: { account: Account }) {
  return (
    <Menu
      label={t('profiles.more', 'More about {name}', { name: nameOf(account) })}
      class="icon-button icon-outline"
      items={() => {
        const known = relationshipOf(account.id).peek()
        return [
          ...generalItems(account),
          ...(known ? [...followItems(account, known), ...awayItems(account, known)] : []),
        ]
      }}
    >
      <Icon name="more" />
    </Menu>
  )
}

function generalItems(account: Account): MenuItem[] {
  const items: MenuItem[] = [
    {
      label: t('profiles.mention', 'Mention {name}', { name: nameOf(account) }),
      icon: 'direct',
      run: () => openComposer({ text: `@${account.acct} ` }),
    },
    {
      label: t('profiles.search', 'Search the posts'),
      icon: 'search',
      run: () => navigate(searchPath(`from:@${account.acct}`, 'statuses')),
    },
    { label: t('lists.addTo', 'Add to a list'), icon: 'list', run: () => openAddToList(account) },
    { label: t('profiles.copyLink', 'Copy link to profile'), icon: 'link', run: () => void copyLink(account) },
  ]
  if (hostOf(account))
    items.push({
      label: t('profiles.openOriginal', 'Open on {host}', { host: hostOf(account) ?? '' }),
      icon: 'outside',
      run: () => window.open(account.url, '_blank', 'noopener'),
    })
  return items
}

async function copyLink(account: Account): Promise<void> {
  await navigator.clipboard.writeText(account.url)
  toast(t('profiles.linkCopied', 'The link is copied.'))
}

function followItems(account: Account, known: Relationship): MenuItem[] {
  if (!known.following) return []
  const name = nameOf(account)
  const said = known.showing_reblogs
    ? t('profiles.boostsHidden', 'Boosts by {name} are not in your home.', { name })
    : t('profiles.boostsShown', 'Boosts by {name} are in your home.', { name })
  return [
    {
      label: t('profiles.showBoosts', 'Show boosts in home'),
      icon: 'boost',
      isChecked: known.showing_reblogs,
      run: () => void changeFollow(account, { reblogs: !known.showing_reblogs }, said),
    },
    {
      label: t('profiles.languages', 'Languages in home'),
      icon: 'language',
      run: () => (dialogOf.value = { kind: 'languages', account }),
    },
    {
      label: t('profiles.endorse', 'Show on my profile'),
      icon: 'endorse',
      isChecked: known.endorsed,
      run: () => void toggleEndorse(account),
    },
  ]
}

function awayItems(account: Account, known: Relationship): MenuItem[] {
  const name = nameOf(account)
  const items: MenuItem[] = []
  if (known.followed_by)
    items.push({
      label: t('profiles.removeFollower', 'Remove from followers'),
      icon: 'letGo',
      run: () => void removeFollower(account),
    })
  items.push(
    known.muting
      ? { label: t('profiles.unmute', 'Unmute {name}', { name }), icon: 'mute', run: () => void unmuteAccount(account) }
      : { label: t('profiles.mute', 'Mute {name}', { name }), icon: 'mute', run: () => void muteAccount(account) },
    known.blocking
      ? {
          label: t('profiles.unblockName', 'Unblock {name}', { name }),
          icon: 'block',
          run: () => void unblockAccount(account),
        }
      : {
          label: t('profiles.block', 'Block {name}', { name }),
          icon: 'block',
          isDangerous: true,
          run: () => void blockAccount(account),
        },
  )
  const host = hostOf(account)
  if (host)
    items.push(
      known.domain_blocking
        ? {
            label: t('profiles.unblockServer', 'Unblock {host}', { host }),
            icon: 'severed',
            run: () => void setServerBlock(host, account, false),
          }
        : {
            label: t('profiles.blockServer', 'Block all of {host}', { host }),
            icon: 'severed',
            isDangerous: true,
            run: () => (dialogOf.value = { kind: 'server', account, host }),
          },
    )
  items.push({
    label: t('profiles.report', 'Report {name}', { name }),
    icon: 'report',
    isDangerous: true,
    run: () => openReport(account),
  })
  return items
}
