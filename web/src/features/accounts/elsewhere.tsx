import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { elsewhere } from './tabs.ts'

/** Another tab has switched: this one still acts as it says, until it is told to follow. */
export function Elsewhere() {
  const other = elsewhere.value
  if (!other) return null
  return (
    <p class="banner">
      <Icon name="person" />
      <span>
        {t('accounts.elsewhere', 'Another tab switched to @{other}. Here you are still @{acct}.', {
          other: other.acct,
          acct: me.value.acct,
        })}
      </span>
      <button class="link-button" type="button" onClick={() => location.assign('/home')}>
        {t('accounts.follow', 'Switch here too')}
      </button>
    </p>
  )
}
