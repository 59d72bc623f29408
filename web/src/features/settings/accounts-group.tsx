import { useEffect } from 'preact/hooks'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Name } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { all, loadAccounts } from '../accounts/others.ts'
import { addAccount, switchTo } from '../accounts/switch.ts'
import { Group } from './rows.tsx'

/** The accounts of this browser, also where no rail has room for their menu. */
export function AccountsGroup() {
  useEffect(() => void loadAccounts(), [])
  const own = all.value.length > 0 ? all.value : [{ account: me.value, hasNews: false }]
  return (
    <Group
      id="accounts"
      title={t('settings.accounts', 'Accounts in this browser')}
      note={t('settings.accountsNote', 'Up to five. Drafts, reading and settings of each are its own.')}
    >
      {own.map(({ account, hasNews }) => (
        <div class="wish" key={account.id}>
          <span class="own-account">
            <Avatar src={account.avatar} size={36} />
            <span>
              <strong>
                <Name account={account} />
              </strong>
              <small>
                @{account.acct}
                {hasNews && ` · ${t('accounts.unread', 'Something new')}`}
              </small>
            </span>
          </span>
          {account.id === me.value.id ? (
            <small>{t('settings.inUse', 'In use')}</small>
          ) : (
            <button
              class="button button-outline"
              type="button"
              aria-label={t('settings.switchTo', 'Switch to {name}', { name: nameOf(account) })}
              onClick={() => void switchTo({ account })}
            >
              {t('settings.switch', 'Switch')}
            </button>
          )}
        </div>
      ))}
      <div class="wish">
        <button class="button button-outline" type="button" onClick={() => void addAccount()}>
          {t('accounts.add', 'Add an account')}
        </button>
      </div>
    </Group>
  )
}
