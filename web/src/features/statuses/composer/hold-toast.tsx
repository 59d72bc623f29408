import { t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { undo } from './begin.ts'
import { held, postNow, secondsLeft } from './holding.ts'

/** After Post: the seconds in which it can be taken back. They are counted for the eye, and said once. */
export function HoldToast() {
  const now = held.value
  if (!now) return null
  return (
    <div class="toasts">
      <section class="toast hold-toast" aria-label={t('composer.notOutYet', 'Your post is not out yet')}>
        <Icon name="send" />
        <span class="seconds" aria-hidden="true">
          {t(
            'composer.postingIn',
            'Posting in {n} s {audience, select, public {to everyone} unlisted {to everyone, not promoted} private {to your followers} other {to the people named}}',
            { n: secondsLeft.value, audience: now.writing.visibility },
          )}
        </span>
        <output class="visually-hidden">
          {t('composer.canUndo', 'Posting in a few seconds. You can undo it or post it now.')}
        </output>
        <span class="acts-gap" />
        <button class="link-button" type="button" onClick={() => void undo()}>
          {t('composer.undo', 'Undo')}
        </button>
        <button class="link-button" type="button" onClick={() => void postNow()}>
          {t('composer.postNow', 'Post now')}
        </button>
      </section>
    </div>
  )
}
