import { useEffect } from 'preact/hooks'
import { navigate } from '../../app/router.ts'
import { me } from '../../app/session.ts'
import { signOut } from '../../app/sign-out.ts'
import { t } from '../../i18n/words.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { all, colourOf, loadAccounts, others } from './others.ts'
import { addAccount, switchTo } from './switch.ts'
import { hearTabs } from './tabs.ts'

/** Who one is, and everybody else whom this browser is signed in as. */
export function AccountChip() {
  const account = me.value
  useEffect(() => {
    const load = () => void loadAccounts()
    load()
    // Whoever comes back to this tab sees what came meanwhile.
    addEventListener('focus', load)
    const unhear = hearTabs()
    return () => {
      removeEventListener('focus', load)
      unhear()
    }
  }, [])
  const colour = colourOf(account.id)
  const hasNews = others.value.some((one) => one.hasNews)
  return (
    <div class="rail-me" data-accent={colour}>
      <Menu
        label={t('app.account', '{name} @{acct}, your account', { name: nameOf(account), acct: account.acct })}
        class={colour ? 'rail-account has-edge' : 'rail-account'}
        align="start"
        items={menuItems}
      >
        <Avatar src={account.avatar} size={36} />
        <span>
          <strong>
            <Name account={account} />
          </strong>
          <small dir="ltr">@{account.acct}</small>
        </span>
        <Icon name="switch" />
        {hasNews && (
          <span class="dot">
            <span class="visually-hidden">{t('accounts.news', 'Something new in another account')}</span>
          </span>
        )}
      </Menu>
    </div>
  )
}

/** A stripe in the colour of the account, on every page, where there are several. */
export function AccountEdge() {
  const colour = colourOf(me.value.id)
  return colour ? <div class="account-edge" data-accent={colour} aria-hidden="true" /> : null
}

function menuItems(): MenuItem[] {
  const { acct } = me.value
  const hasOthers = others.value.length > 0
  return [
    ...(hasOthers ? accountItems() : []),
    { label: t('accounts.add', 'Add an account'), icon: 'add', run: () => void addAccount() },
    { label: t('app.profile', 'Your profile'), icon: 'person', run: () => navigate(`/@${acct}`) },
    { label: t('app.editProfile', 'Edit profile'), icon: 'write', run: () => navigate('/settings/profile') },
    { label: t('app.requests', 'Requests to follow you'), icon: 'follow', run: () => navigate('/follow-requests') },
    { label: t('filters.page', 'Filters and blocks'), icon: 'filter', run: () => navigate('/filters') },
    { label: t('app.settings', 'Settings'), icon: 'settings', run: () => navigate('/settings') },
    {
      label: hasOthers ? t('accounts.signOutOf', 'Sign out of @{acct}', { acct }) : t('app.signOut', 'Sign out'),
      icon: 'leave',
      run: () => void signOut(),
    },
    ...(hasOthers
      ? [
          {
            label: t('accounts.signOutAll', 'Sign out of all accounts'),
            icon: 'leave' as const,
            run: () => void signOut('all'),
          },
        ]
      : []),
  ]
}

function accountItems(): MenuItem[] {
  return all.value.map((own, at) => ({
    label: `@${own.account.acct}`,
    help: own.hasNews ? t('accounts.unread', 'Something new') : t('accounts.key', 'Alt Shift {n}', { n: at + 1 }),
    picture: own.account.avatar,
    accent: colourOf(own.account.id),
    isChosen: own.account.id === me.value.id,
    run: () => void switchTo(own),
  }))
}
