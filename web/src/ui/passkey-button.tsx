import { t } from '../i18n/words.ts'
import { Icon } from './parts.tsx'

/**
 * Asks the device and sends its answer with the form around it, by a script (reader/passkeys.ts). Where a script cannot do
 * so, a password or a code is all that is shown: its style hides it.
 */
export function PasskeyButton({ or }: { or: string }) {
  return (
    <div class="passkey">
      <input type="hidden" name="answer" value="" />
      <button class="button button-primary button-large" type="button">
        <Icon name="key" />
        {t('entrance.passkey', 'Continue with a passkey')}
      </button>
      <p class="passkey-fault field-fault" role="alert" hidden>
        <Icon name="fault" small />
        {t('entrance.passkeyNone', 'No passkey was chosen. Try again, or come in another way.')}
      </p>
      <p class="passkey-or">{or}</p>
    </div>
  )
}
