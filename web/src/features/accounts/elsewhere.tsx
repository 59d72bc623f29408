import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'

/** Another tab has switched: this one still acts as it says, until it is told to follow. */
export function Elsewhere({ other }: { other: { acct: string } }) {
  const { acct } = me.value
  const words = t('accounts.elsewhere', 'Another tab switched to @{other}. Here you are still @{acct}.', {
    other: other.acct,
    acct,
  })
  return (
    <p class="banner" title={words}>
      <Icon name="person" small />
      <span class="wide-only">{words}</span>
      <span class="phone-only">{t('accounts.stillHere', 'Still @{acct} here', { acct })}</span>
      <button class="link-button" type="button" onClick={() => location.assign('/home')}>
        {t('accounts.follow', 'Switch here too')}
      </button>
    </p>
  )
}
