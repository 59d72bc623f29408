import { useState } from 'preact/hooks'
import { ApiError, explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { Entry, type EntryFault } from './entry.tsx'

/** The old password is asked, since a browser may stand open. */
export function PasswordForm() {
  const [fault, setFault] = useState<EntryFault>()
  const [isSaving, setSaving] = useState(false)
  const save = async (form: HTMLFormElement) => {
    const data = new FormData(form)
    const body = { current_password: data.get('current_password'), new_password: data.get('new_password') }
    setSaving(true)
    setFault(undefined)
    try {
      await request('POST', '/api/hamlet/v1/password', { body })
      form.reset()
      toast(t('settings.passwordChanged', 'Your password is changed. Everything else is signed out.'))
    } catch (error) {
      const isOld = error instanceof ApiError && 'current_password' in error.details
      setFault(
        isOld
          ? { field: 'current_password', text: t('settings.wrongPassword', 'This is not your password.') }
          : { field: 'new_password', text: explain(error) },
      )
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
        id="old-password"
        type="password"
        name="current_password"
        label={t('settings.oldPassword', 'Your password now')}
        autocomplete="current-password"
        fault={fault}
      />
      <Entry
        id="new-password"
        type="password"
        name="new_password"
        label={t('settings.newPassword', 'New password')}
        autocomplete="new-password"
        fault={fault}
      />
      <p class="meta">
        {t('settings.passwordNote', 'All your other browsers and all apps are signed out, and we send you a mail.')}
      </p>
      <button class="button button-outline" type="submit" aria-busy={isSaving} disabled={isSaving}>
        {t('settings.changePassword', 'Change password')}
      </button>
    </form>
  )
}
