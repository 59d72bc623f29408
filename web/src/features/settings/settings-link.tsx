import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'

/** The way to settings where there is no rail: beside one's own profile, on a phone. */
export function SettingsLink() {
  const words = t('app.settings', 'Settings')
  return (
    <a class="icon-button icon-outline" href="/settings" aria-label={words} title={words}>
      <Icon name="settings" />
    </a>
  )
}
