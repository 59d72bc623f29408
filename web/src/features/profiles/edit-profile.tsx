import type { CredentialAccount } from '@hamlet/contract/account'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount } from '../../api/store.ts'
import { ColumnHead } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { toast } from '../../ui/toast.tsx'

const FIELDS = 4

/** How one appears to others. Saved as a whole, so that a half-written bio is never shown. */
export function EditProfilePage() {
  const [fault, setFault] = useState('')
  const [isSaving, setSaving] = useState(false)
  const save = async (form: HTMLFormElement) => {
    setSaving(true)
    setFault('')
    try {
      const saved = await request<CredentialAccount>('PATCH', '/api/v1/accounts/update_credentials', {
        form: readForm(form),
      })
      keepAccount(saved)
      me.value = saved
      toast('Your profile is saved.')
    } catch (error) {
      setFault(explain(error))
    }
    setSaving(false)
  }
  return (
    <>
      <ColumnHead title="Edit profile" back />
      <form
        class="sheet column-sheet settings-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save(event.currentTarget)
        }}
      >
        <Words />
        <Facts />
        <Switches />
        {fault && (
          <p class="form-fault" role="alert">
            {fault}
          </p>
        )}
        <button class="button button-primary" type="submit" aria-busy={isSaving}>
          Save
        </button>
      </form>
    </>
  )
}

/** A box that is not ticked is no field at all, and a picture that was not chosen is an empty one. */
function readForm(form: HTMLFormElement): FormData {
  const data = new FormData(form)
  for (const [name] of switches) data.set(name, data.has(name) ? 'true' : 'false')
  for (const name of ['avatar', 'header']) {
    const file = data.get(name)
    if (file instanceof File && file.size === 0) data.delete(name)
  }
  return data
}

function Words() {
  const account = me.value
  return (
    <>
      <label class="field">
        <span class="field-head">Name</span>
        <span class="input">
          <input name="display_name" maxLength={40} dir="auto" value={account.display_name} />
        </span>
      </label>
      <label class="field">
        <span class="field-head">About you</span>
        <textarea name="note" rows={5} maxLength={500} dir="auto" value={account.source.note} />
      </label>
      <label class="field">
        <span class="field-head">Picture</span>
        <input type="file" name="avatar" accept="image/*" />
      </label>
      <label class="field">
        <span class="field-head">Cover</span>
        <input type="file" name="header" accept="image/*" />
      </label>
    </>
  )
}

function Facts() {
  const { fields } = me.value.source
  return (
    <fieldset class="field">
      <legend class="field-head">Facts</legend>
      {Array.from({ length: FIELDS }, (_, index) => (
        <span class="fact-row" key={index}>
          <input
            name={`fields_attributes[${index}][name]`}
            aria-label={`Name of fact ${index + 1}`}
            placeholder="Website"
            maxLength={255}
            value={fields[index]?.name ?? ''}
          />
          <input
            name={`fields_attributes[${index}][value]`}
            aria-label={`Fact ${index + 1}`}
            maxLength={255}
            value={fields[index]?.value ?? ''}
          />
        </span>
      ))}
    </fieldset>
  )
}

type SwitchName = 'locked' | 'discoverable' | 'indexable' | 'bot'
const switches: [SwitchName, string, string][] = [
  ['locked', 'Ask me before somebody follows', 'People who follow you already stay.'],
  ['discoverable', 'Recommend me', 'In the directory and to people who look whom to follow.'],
  ['indexable', 'Let my public posts be searched', 'Here and by search engines.'],
  ['bot', 'This account acts by itself', 'A mark says so on its posts.'],
]

function Switches() {
  return (
    <>
      {switches.map(([name, title, help]) => (
        <div class="switch-row" key={name}>
          <label for={name}>
            <strong>{title}</strong>
            <span class="meta">{help}</span>
          </label>
          <input id={name} type="checkbox" name={name} defaultChecked={me.value[name] === true} />
        </div>
      ))}
    </>
  )
}
