import { rich, t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { undo } from './begin.ts'
import { held, postNow, secondsLeft } from './holding.ts'

/** After Post: the seconds in which it can be taken back. They are counted for the eye, and said once. */
export function HoldToast() {
  const now = held.value
  if (!now) return null
  return (
    <div class="toasts">
      <div class="toast hold-toast" role="group" aria-label={t('composer.notOutYet', 'Your post is not out yet')}>
        <Icon name="send" />
        <span aria-hidden="true">
          {rich('composer.postingIn', 'Posting in {n} s', { n: <span class="seconds">{secondsLeft.value}</span> })}
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
      </div>
    </div>
  )
}
