import type { Passkey, Security } from '@hamlet/contract/security'
import { request } from '../../../api/request.ts'
import { formats, t } from '../../../i18n/words.ts'
import { createPasskey, hasPasskeys } from '../../../lib/webauthn.ts'
import { toast } from '../../../ui/toast.tsx'
import { readAgent } from '../agent.ts'
import { Group } from '../rows.tsx'
import { grave, SECURITY } from './proof.tsx'

const PASSKEYS = `${SECURITY}/passkeys`
const day = (at: string) => new Intl.DateTimeFormat(formats(), { dateStyle: 'medium' }).format(new Date(at))

type Props = { security: Security; changed: () => Promise<void>; gave: (codes: string[] | null) => void }

/** Phones, computers and keys that open the account without a password. */
export function PasskeysGroup({ security, changed, gave }: Props) {
  const add = () =>
    grave(async () => {
      const offer = await request<object>('POST', `${PASSKEYS}/offer`)
      const answer = await createPasskey(offer).catch(() => null)
      if (answer === null) {
        toast(t('settings.noPasskeyMade', 'No passkey was made.'))
        return
      }
      type Made = { passkey: Passkey; recovery_codes: string[] | null }
      const body = { name: readAgent(navigator.userAgent), answer }
      const made = await request<Made>('POST', PASSKEYS, { body })
      toast(t('settings.passkeyAdded', 'The passkey is added.'))
      gave(made.recovery_codes)
      await changed()
    })
  return (
    <Group
      id="passkeys"
      title={t('settings.passkeys', 'Passkeys')}
      note={
        hasPasskeys()
          ? undefined
          : t('settings.noPasskeysHere', 'This browser has no passkeys, or may not use them here.')
      }
    >
      {security.passkeys.map((passkey) => (
        <PasskeyRow key={passkey.id} passkey={passkey} changed={changed} />
      ))}
      <div class="wish">
        <span>
          <strong>{t('settings.addPasskey', 'Add a passkey')}</strong>
          <small>
            {t(
              'settings.passkeysHelp',
              'You sign in with your finger, your face or a PIN, and nobody can trick it out of you.',
            )}
          </small>
        </span>
        {hasPasskeys() && (
          <button class="button button-outline" type="button" onClick={() => void add()}>
            {t('settings.add', 'Add')}
          </button>
        )}
      </div>
    </Group>
  )
}

function PasskeyRow({ passkey, changed }: { passkey: Passkey; changed: () => Promise<void> }) {
  const path = `${PASSKEYS}/${passkey.id}`
  const remove = () =>
    grave(async () => {
      await request('DELETE', path)
      toast(t('settings.passkeyRemoved', 'The passkey is taken away.'))
      await changed()
    })
  return (
    <div class="wish">
      <span>
        <strong dir="auto">{passkey.name}</strong>
        <small>
          {passkey.last_used_at
            ? t('settings.passkeyUsed', 'Since {day}, last used {used}', {
                day: day(passkey.created_at),
                used: day(passkey.last_used_at),
              })
            : t('settings.passkeySince', 'Since {day}, not used yet', { day: day(passkey.created_at) })}
        </small>
      </span>
      <button
        class="button button-outline"
        type="button"
        aria-label={t('settings.removeOf', 'Take away: {name}', { name: passkey.name })}
        onClick={() => void remove()}
      >
        {t('settings.remove', 'Take away')}
      </button>
    </div>
  )
}
