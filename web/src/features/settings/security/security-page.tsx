import type { Security } from '@hamlet/contract/security'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { ColumnHead } from '../../../app/column.tsx'
import { t } from '../../../i18n/words.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Fault, Skeleton } from '../../../ui/states.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Group } from '../rows.tsx'
import { CodesAppGroup } from './codes-app.tsx'
import { PasskeysGroup } from './passkeys.tsx'
import { grave, ProofDialog, SECURITY } from './proof.tsx'
import { SignInsGroup } from './sign-ins.tsx'

/** What guards the account: passkeys, an app for codes, recovery codes; and who came in. */
export function SecurityPage() {
  const [security, setSecurity] = useState<Security>()
  const [fault, setFault] = useState('')
  const [codes, setCodes] = useState<string[] | null>(null)
  const load = async () => {
    setFault('')
    await request<Security>('GET', SECURITY).then(setSecurity, (error: unknown) => setFault(explain(error)))
  }
  useEffect(() => void load(), [])
  const common = security && { security, changed: load, gave: setCodes }
  return (
    <>
      <ColumnHead title={t('settings.security', 'Security')} back />
      {fault && !security && <Fault text={fault} retry={() => void load()} />}
      {!security && !fault && (
        <div class="sheet">
          <Skeleton rows={4} />
        </div>
      )}
      {common && (
        <>
          {common.security.required && (
            <p class="meta">{t('settings.factorAsked', 'Your role on this server asks for a second factor.')}</p>
          )}
          <PasskeysGroup {...common} />
          <CodesAppGroup {...common} />
          <RecoveryGroup {...common} />
          <PasswordGroup {...common} />
          <SignInsGroup />
          <ProofDialog security={common.security} />
        </>
      )}
      {codes && <CodesDialog codes={codes} close={() => setCodes(null)} />}
    </>
  )
}

type Props = { security: Security; changed: () => Promise<void>; gave: (codes: string[] | null) => void }

function RecoveryGroup({ security, changed, gave }: Props) {
  const left = security.recovery_codes
  const hasFactor = security.totp || security.passkeys.length > 0
  const renew = () =>
    grave(async () => {
      gave((await request<{ recovery_codes: string[] }>('POST', `${SECURITY}/recovery_codes`)).recovery_codes)
      await changed()
    })
  return (
    <Group id="recovery-codes" title={t('settings.recovery', 'Recovery codes')}>
      <div class="wish">
        <span>
          <strong>
            {t('settings.recoveryLeft', '{n, plural, =0 {No code} one {# code} other {# codes}} left', { n: left })}
          </strong>
          <small>
            {hasFactor
              ? t('settings.recoveryHelp', 'Each opens your account once when your phone or key is lost.')
              : t('settings.recoveryNone', 'You get them with your first passkey, or with an app for codes.')}
          </small>
        </span>
        {hasFactor && (
          <button class="button button-outline" type="button" onClick={() => void renew()}>
            {t('settings.recoveryNew', 'New codes')}
          </button>
        )}
      </div>
    </Group>
  )
}

/** Whoever has a passkey needs no password. */
function PasswordGroup({ security, changed }: Props) {
  const remove = () =>
    grave(async () => {
      await request('DELETE', '/api/hamlet/v1/password')
      toast(t('settings.passwordRemoved', 'You come in by passkeys alone.'))
      await changed()
    })
  if (security.passkeys.length === 0) return null
  return (
    <Group id="no-password" title={t('settings.noPassword', 'Without a password')}>
      <div class="wish">
        <span>
          <strong>
            {security.password
              ? t('settings.hasPassword', 'You have a password, too')
              : t('settings.passkeysAlone', 'You come in by passkeys alone')}
          </strong>
          <small>
            {security.password
              ? t(
                  'settings.hasPasswordHelp',
                  'What is not there cannot be guessed or stolen. Keep your recovery codes.',
                )
              : t('settings.passkeysAloneHelp', 'A password can be had again with “Forgotten?” at the door.')}
          </small>
        </span>
        {security.password && (
          <button class="button button-outline" type="button" onClick={() => void remove()}>
            {t('settings.removePassword', 'Remove password')}
          </button>
        )}
      </div>
    </Group>
  )
}

/** Shown once. */
function CodesDialog({ codes, close }: { codes: string[]; close: () => void }) {
  const copy = () =>
    void navigator.clipboard
      .writeText(codes.join('\n'))
      .then(() => toast(t('settings.codesCopied', 'The codes are copied.')))
  return (
    <Dialog label={t('settings.codesTitle', 'Keep these codes')} class="question" onClose={close}>
      <h2>{t('settings.codesTitle', 'Keep these codes')}</h2>
      <p class="meta">
        {t(
          'settings.codesLead',
          'Each of them opens your account once when your phone is lost. Print them, or write them down; they are not shown again.',
        )}
      </p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="dialog-answers">
        <button class="button button-primary" type="button" onClick={close}>
          {t('settings.codesKept', 'I have them')}
        </button>
        <button class="button button-outline" type="button" onClick={copy}>
          {t('settings.copyCodes', 'Copy')}
        </button>
      </div>
    </Dialog>
  )
}
