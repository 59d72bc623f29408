import { useEffect, useState } from 'preact/hooks'
import { ApiError, explain, request } from '../../api/request.ts'
import { rich, t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { Entry, type EntryFault } from './entry.tsx'
import { Group } from './rows.tsx'

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
  const [fault, setFault] = useState<EntryFault>()
  const [isSaving, setSaving] = useState(false)
  const save = async (form: HTMLFormElement) => {
    const data = new FormData(form)
    setSaving(true)
    setFault(undefined)
    try {
      const body = { current_password: data.get('current_password'), email: data.get('email') }
      await request('POST', PATH, { body })
      toast(t('settings.emailSent', 'Look into your new mail box: a link is on its way.'))
      done()
    } catch (error) {
      const isOld = error instanceof ApiError && 'current_password' in error.details
      const text = isOld ? t('settings.wrongPassword', 'This is not your password.') : explain(error)
      setFault({ field: isOld ? 'current_password' : 'email', text })
    }
    setSaving(false)
  }
  return (
    <form
      class="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      <Entry
        id="new-email"
        name="email"
        label={t('settings.newEmail', 'New address')}
        type="email"
        autocomplete="email"
        fault={fault}
      />
      <Entry
        id="password-for-email"
        name="current_password"
        label={t('settings.oldPassword', 'Your password now')}
        type="password"
        autocomplete="current-password"
        fault={fault}
      />
      <button class="button button-outline" type="submit" aria-busy={isSaving} disabled={isSaving}>
        {t('settings.sendLink', 'Send me a link')}
      </button>
    </form>
  )
}
