import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { rich, t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { Entry } from './entry.tsx'
import { Group } from './rows.tsx'
import { SecretForm } from './secret-form.tsx'

const PATH = '/api/hamlet/v1/email'
type Addresses = { email: string; new_email: string | null }

/** Where mail goes, and how to have it go elsewhere. */
export function EmailGroup() {
  const [now, setNow] = useState<Addresses>()
  const [isOpen, setOpen] = useState(false)
  const load = () => {
    request<Addresses>('GET', PATH).then(setNow, (error: unknown) => toast(explain(error)))
  }
  useEffect(load, [])
  return (
    <Group id="email" title={t('settings.email', 'E-mail')}>
      <div class="wish">
        <span>
          <strong>
            <bdi>{now?.email ?? '…'}</bdi>
          </strong>
          <small>
            {now?.new_email
              ? rich('settings.emailWaits', 'A link was sent to {email}. It counts when you follow it.', {
                  email: <bdi>{now.new_email}</bdi>,
                })
              : t('settings.emailHelp', 'You can sign in with it. Nobody sees it but you and who runs this server.')}
          </small>
        </span>
        <button class="button button-outline" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('settings.changeEmail', 'Change')}
        </button>
      </div>
      {isOpen && (
        <EmailForm
          done={() => {
            setOpen(false)
            load()
          }}
        />
      )}
    </Group>
  )
}

function EmailForm({ done }: { done: () => void }) {
  return (
    <SecretForm
      path={PATH}
      fields={['email']}
      faultAt="email"
      oldId="password-for-email"
      order="last"
      submit={t('settings.sendLink', 'Send me a link')}
      done={() => {
        toast(t('settings.emailSent', 'Look into your new mail box: a link is on its way.'))
        done()
      }}
    >
      {(fault) => (
        <Entry
          id="new-email"
          name="email"
          label={t('settings.newEmail', 'New address')}
          type="email"
          autocomplete="email"
          fault={fault}
        />
      )}
    </SecretForm>
  )
}
