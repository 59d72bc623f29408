import type { TeamAccount } from '@hamlet/contract/team'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'

type Verb = { path: string; label: string; text: string; done: string }

const confirmEmail = (): Verb => ({
  path: 'email/confirm',
  label: t('measures.confirmEmail', 'Confirm the address'),
  text: t('measures.confirmEmailText', 'You know that the address is theirs. They can sign in without the link.'),
  done: t('measures.emailConfirmed', 'The address is confirmed.'),
})
const endPassword = (): Verb => ({
  path: 'password/reset',
  label: t('measures.endPassword', 'Send a link for a new password'),
  text: t(
    'measures.endPasswordText',
    'The password ends now, and they are signed out everywhere. The link goes to their address.',
  ),
  done: t('measures.passwordEnded', 'The password has ended, and the link is on its way.'),
})
const endFactors = (): Verb => ({
  path: 'second_factor/reset',
  label: t('measures.endFactors', 'Take away second factors'),
  text: t(
    'measures.endFactorsText',
    'For who has lost phone and codes. Passkeys and codes go, they are signed out everywhere, and a mail tells them.',
  ),
  done: t('measures.factorsEnded', 'They sign in with the password alone now.'),
})

type HelpProps = { known: TeamAccount; done: () => void }

/** What the team can do for somebody who cannot get in. Each is asked about first, and written in the log. */
export function HelpIn({ known: { admin }, done }: HelpProps) {
  const [asked, setAsked] = useState<Verb>()
  const path = `/api/web/moderation/accounts/${admin.id}`
  const run = async ({ path: verb, done: words }: Verb) => {
    setAsked(undefined)
    try {
      await request('POST', `${path}/${verb}`)
      toast(words)
      done()
    } catch (error) {
      toast(explain(error))
    }
  }
  const verbs = [...(admin.confirmed ? [] : [confirmEmail()]), endPassword(), endFactors()]
  return (
    <>
      <h2 class="case-title">{t('measures.help', 'Help to get in')}</h2>
      <p class="help-in">
        {verbs.map((verb) => (
          <button
            key={verb.path}
            class="button button-outline button-small"
            type="button"
            onClick={() => setAsked(verb)}
          >
            {verb.label}
          </button>
        ))}
      </p>
      <NewAddress path={`${path}/email`} />
      {asked && (
        <Dialog label={asked.label} onClose={() => setAsked(undefined)}>
          <h2>{asked.label}</h2>
          <p>{asked.text}</p>
          <p class="role-acts">
            <button class="button button-outline" type="button" onClick={() => setAsked(undefined)}>
              {t('measures.leaveIt', 'Leave it')}
            </button>
            <button class="button button-primary" type="button" onClick={() => void run(asked)}>
              {asked.label}
            </button>
          </p>
        </Dialog>
      )}
    </>
  )
}

/** Another address for somebody who lost theirs; it counts once they followed the link that is sent there. */
function NewAddress({ path }: { path: string }) {
  const [fault, setFault] = useState('')
  const send = async (form: HTMLFormElement) => {
    setFault('')
    try {
      await request('POST', path, { body: { email: new FormData(form).get('email') } })
      toast(t('measures.addressAsked', 'A link is on its way to the new address.'))
      form.reset()
    } catch (error) {
      setFault(explain(error))
    }
  }
  return (
    <form
      class="help-in"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <label class="help-in-field">
        <span class="field-head">{t('measures.newAddress', 'Another address')}</span>
        <span class="input">
          <input name="email" type="email" required maxLength={320} autocomplete="off" dir="ltr" />
        </span>
      </label>
      {fault && (
        <p class="field-fault" role="alert">
          {fault}
        </p>
      )}
      <button class="button button-outline button-small" type="submit">
        {t('measures.sendLink', 'Send the link there')}
      </button>
    </form>
  )
}
