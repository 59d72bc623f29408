import { isNewcomer } from '../../app/newcomer.ts'
import { place } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'

/** Beside Home for whoever is new: it covers and moves nothing, and is gone for good when it was answered. */
export function WelcomeDoor() {
  if (!isNewcomer.value || place.value.path !== '/home') return null
  return (
    <section class="sheet about-card">
      <h2>{t('welcome.new', 'You are new here.')}</h2>
      <p>
        <a href="/welcome">{t('welcome.begin', 'Set yourself up in three steps')}</a>
      </p>
      <button
        class="button button-outline button-small"
        type="button"
        onClick={() => void import('./welcome-done.ts').then((module) => module.endWelcome())}
      >
        {t('welcome.notNow', 'No, thank you')}
      </button>
    </section>
  )
}
