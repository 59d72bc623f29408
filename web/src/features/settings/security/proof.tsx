import type { Security } from '@hamlet/contract/security'
import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import { ApiError, explain, request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { hasPasskeys, provePasskey } from '../../../lib/webauthn.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Entry, type EntryFault } from '../entry.tsx'

export const SECURITY = '/api/hamlet/v1/security'

/** What waits until whoever sits there has proved who they are. */
const waiting = signal<{ run: () => Promise<void>; giveUp: () => void } | null>(null)

/** Does what is grave. Where the server asks for a proof first, it is asked for, and then it is done. */
export async function grave(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof ApiError && error.body.proof === 'needed')) {
      toast(explain(error))
      return
    }
    await new Promise<void>((done) => {
      const goOn = async () => {
        await grave(run)
        done()
      }
      waiting.value = { run: goOn, giveUp: done }
    })
  }
}

/** Asks for the password, a code or a passkey, whichever the person has. */
export function ProofDialog({ security }: { security: Security }) {
  const now = waiting.value
  const [fault, setFault] = useState<EntryFault>()
  const [isBusy, setBusy] = useState(false)
  if (!now) return null
  const close = () => {
    waiting.value = null
    setFault(undefined)
    now.giveUp()
  }
  const prove = async (make: () => Promise<object | null>, field: string) => {
    setBusy(true)
    setFault(undefined)
    try {
      const body = await make()
      if (body !== null) {
        await request('POST', `${SECURITY}/proof`, { body })
        waiting.value = null
        void now.run()
      }
    } catch (error) {
      setFault({ field, text: explainProof(error, field) })
    }
    setBusy(false)
  }
  const byPasskey = async () => {
    const question = await request<object>('POST', `${SECURITY}/passkeys/question`)
    const passkey = await provePasskey(question)
    return passkey && { passkey }
  }
  return (
    <Dialog label={t('settings.proofTitle', 'Is it you?')} class="question" onClose={close}>
      <h2>{t('settings.proofTitle', 'Is it you?')}</h2>
      <p class="meta">
        {t('settings.proofText', 'A browser may stand open. Prove once that it is you; that holds for an hour.')}
      </p>
      {security.passkeys.length > 0 && hasPasskeys() && (
        <button
          class="button button-primary"
          type="button"
          aria-busy={isBusy}
          onClick={() => void prove(byPasskey, 'passkey')}
        >
          {t('settings.usePasskey', 'Use a passkey')}
        </button>
      )}
      {fault?.field === 'passkey' && (
        <p class="field-fault" role="alert">
          {fault.text}
        </p>
      )}
      {(security.password || security.totp || security.recovery_codes > 0) && (
        <ProofForm security={security} fault={fault} isBusy={isBusy} send={prove} />
      )}
      <button class="button button-ghost" type="button" onClick={close}>
        {t('settings.notNow', 'Not now')}
      </button>
    </Dialog>
  )
}

type FormProps = {
  security: Security
  fault: EntryFault | undefined
  isBusy: boolean
  send: (make: () => Promise<object | null>, field: string) => Promise<void>
}

function ProofForm({ security, fault, isBusy, send }: FormProps) {
  const field = security.password ? 'password' : 'code'
  return (
    <form
      class="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        const value = new FormData(event.currentTarget).get(field)
        void send(() => Promise.resolve({ [field]: value }), field)
      }}
    >
      <Entry
        id="proof"
        name={field}
        type={field === 'password' ? 'password' : 'text'}
        label={
          security.password
            ? t('settings.oldPassword', 'Your password now')
            : t('settings.codeOrRecovery', 'Code, or recovery code')
        }
        autocomplete={security.password ? 'current-password' : 'one-time-code'}
        fault={fault}
      />
      <button class="button button-outline" type="submit" aria-busy={isBusy}>
        {t('settings.prove', 'It is me')}
      </button>
    </form>
  )
}

function explainProof(error: unknown, field: string): string {
  if (!(error instanceof ApiError)) return t('settings.noPasskeyChosen', 'No passkey was chosen. Try again.')
  if (error.status !== 422) return explain(error)
  if (field === 'password') return t('settings.wrongPassword', 'This is not your password.')
  return t('settings.wrongCode', 'That is not right, or it was used already.')
}
