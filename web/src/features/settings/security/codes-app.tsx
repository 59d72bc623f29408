import type { Security, TotpOffer } from '@hamlet/contract/security'
import { useState } from 'preact/hooks'
import { ApiError, explain, request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { QrCode } from '../../../ui/qr-code.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Entry, type EntryFault } from '../entry.tsx'
import { Group } from '../rows.tsx'
import { grave, SECURITY } from './proof.tsx'

type Props = { security: Security; changed: () => Promise<void>; gave: (codes: string[] | null) => void }

/** An app on the phone that shows codes. */
export function CodesAppGroup({ security, changed, gave }: Props) {
  const [offer, setOffer] = useState<TotpOffer>()
  const begin = () => grave(async () => setOffer(await request<TotpOffer>('POST', `${SECURITY}/totp`)))
  const end = () =>
    grave(async () => {
      await request('DELETE', `${SECURITY}/totp`)
      toast(t('settings.codesAppEnded', 'The app for codes is no longer asked for.'))
      await changed()
    })
  return (
    <Group id="codes-app" title={t('settings.codesApp', 'App for codes')}>
      <div class="wish">
        <span>
          <strong>
            {security.totp ? t('settings.codesAppOn', 'Asked for when you sign in') : t('settings.codesAppOff', 'Off')}
          </strong>
          <small>
            {t('settings.codesAppHelp', 'An app on your phone shows a new code every half a minute. It works offline.')}
          </small>
        </span>
        {security.totp ? (
          <button class="button button-outline" type="button" onClick={() => void end()}>
            {t('settings.codesAppEnd', 'Turn off')}
          </button>
        ) : (
          <button class="button button-outline" type="button" aria-expanded={!!offer} onClick={() => void begin()}>
            {t('settings.codesAppBegin', 'Set up')}
          </button>
        )}
      </div>
      {offer && !security.totp && (
        <ConfirmForm
          offer={offer}
          done={async (codes) => {
            setOffer(undefined)
            gave(codes)
            await changed()
          }}
        />
      )}
    </Group>
  )
}

/** The app takes the secret in, and shows that it did. */
function ConfirmForm({ offer, done }: { offer: TotpOffer; done: (codes: string[] | null) => Promise<void> }) {
  const [fault, setFault] = useState<EntryFault>()
  const [isBusy, setBusy] = useState(false)
  const confirm = async (code: FormDataEntryValue | null) => {
    setBusy(true)
    setFault(undefined)
    try {
      type Given = { recovery_codes: string[] | null }
      const given = await request<Given>('POST', `${SECURITY}/totp/confirm`, { body: { code } })
      await done(given.recovery_codes)
    } catch (error) {
      const isWrong = error instanceof ApiError && 'code' in error.details
      setFault({
        field: 'code',
        text: isWrong ? t('settings.wrongCode', 'That is not right, or it was used already.') : explain(error),
      })
    }
    setBusy(false)
  }
  return (
    <form
      class="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        void confirm(new FormData(event.currentTarget).get('code'))
      }}
    >
      <p>{t('settings.scan', 'Scan this with the app, then type the code that it shows.')}</p>
      <QrCode qr={offer.qr} />
      <p class="meta">{t('settings.typeSecret', 'If you cannot scan it, type this into the app:')}</p>
      <p class="code-box">
        <code>{offer.secret}</code>
      </p>
      <Entry
        id="totp-code"
        name="code"
        type="text"
        label={t('settings.factorCode', 'Code')}
        autocomplete="one-time-code"
        fault={fault}
      />
      <button class="button button-primary" type="submit" aria-busy={isBusy}>
        {t('settings.codesAppConfirm', 'Turn on')}
      </button>
    </form>
  )
}
