import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ApiError, explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Entry, type EntryFault } from './entry.tsx'

type SecretFormProps = {
  path: string
  /** What the form sends, of which any fault but that of the old password is told at the field `faultAt`. */
  fields: readonly string[]
  /** What is sent beside what is typed. */
  more?: Record<string, unknown>
  isDangerous?: boolean
  faultAt: string
  /** The id of the field for the old password, which is asked since a browser may stand open. */
  oldId: string
  /** Where the old password stands. */
  order: 'first' | 'last'
  submit: string
  done: () => void
  note?: string
  children: (fault: EntryFault | undefined) => ComponentChildren
}

/** Changes what opens the account, once the old password is right. */
export function SecretForm(props: SecretFormProps) {
  const { path, fields, more, faultAt, oldId, order, submit, done, note, isDangerous = false, children } = props
  const [fault, setFault] = useState<EntryFault>()
  const [isSaving, setSaving] = useState(false)
  const save = async (form: HTMLFormElement) => {
    const data = new FormData(form)
    setSaving(true)
    setFault(undefined)
    try {
      const names = ['current_password', ...fields]
      await request('POST', path, {
        body: { ...Object.fromEntries(names.map((name) => [name, data.get(name)])), ...more },
      })
      form.reset()
      done()
    } catch (error) {
      const isOld = error instanceof ApiError && 'current_password' in error.details
      const text = isOld ? t('settings.wrongPassword', 'This is not your password.') : explain(error)
      setFault({ field: isOld ? 'current_password' : faultAt, text })
    }
    setSaving(false)
  }
  const old = (
    <Entry
      id={oldId}
      name="current_password"
      label={t('settings.oldPassword', 'Your password now')}
      type="password"
      autocomplete="current-password"
      fault={fault}
    />
  )
  return (
    <form
      class="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save(event.currentTarget)
      }}
    >
      {order === 'first' && old}
      {children(fault)}
      {order === 'last' && old}
      {note && <p class="meta">{note}</p>}
      <button
        class={isDangerous ? 'button button-danger' : 'button button-outline'}
        type="submit"
        aria-busy={isSaving}
        disabled={isSaving}
      >
        {submit}
      </button>
    </form>
  )
}
