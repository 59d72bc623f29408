import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { Entry } from './entry.tsx'
import { SecretForm } from './secret-form.tsx'

/** A new password. */
export function PasswordForm() {
  return (
    <SecretForm
      path="/api/hamlet/v1/password"
      fields={['new_password']}
      faultAt="new_password"
      oldId="old-password"
      order="first"
      submit={t('settings.changePassword', 'Change password')}
      note={t('settings.passwordNote', 'All your other browsers and all apps are signed out, and we send you a mail.')}
      done={() => toast(t('settings.passwordChanged', 'Your password is changed. Everything else is signed out.'))}
    >
      {(fault) => (
        <Entry
          id="new-password"
          type="password"
          name="new_password"
          label={t('settings.newPassword', 'New password')}
          autocomplete="new-password"
          fault={fault}
        />
      )}
    </SecretForm>
  )
}
