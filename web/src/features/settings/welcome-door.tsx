import { isNewcomer } from '../../app/newcomer.ts'
import { place } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'

/** One line above Home for whoever is new; it covers nothing, and is gone for good when it was answered. */
export function WelcomeDoor() {
  if (!isNewcomer.value || place.value.path !== '/home') return null
  return (
    <p class="banner">
      <Icon name="compass" />
      <span>{t('welcome.new', 'You are new here.')}</span>
      <a href="/welcome">{t('welcome.begin', 'Set yourself up in three steps')}</a>
      <button
        class="link-button"
        type="button"
        onClick={() => void import('./welcome-done.ts').then((module) => module.endWelcome())}
      >
        {t('welcome.notNow', 'No, thank you')}
      </button>
    </p>
  )
}
