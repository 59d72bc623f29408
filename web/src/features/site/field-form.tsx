import { useState } from 'preact/hooks'
import { t } from '../../i18n/words.ts'

/** `rows`: a field of several lines. */
export type Field = { name: string; label: string; help?: string; most: number; rows?: number; isNeeded?: boolean }

type Props = {
  fields: readonly Field[]
  values: Record<string, string>
  save: (changed: Record<string, string>) => Promise<boolean>
}

/** Words that count once they are saved: only what was changed is sent. */
export function FieldForm({ fields, values, save }: Props) {
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [isSaving, setSaving] = useState(false)
  const changed = Object.fromEntries(Object.entries(typed).filter(([name, text]) => text !== values[name]))
  const send = async () => {
    if (isSaving || Object.keys(changed).length === 0) return
    setSaving(true)
    // What the server made of it stands there then.
    if (await save(changed)) setTyped({})
    setSaving(false)
  }
  return (
    <form
      class="settings-form site-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          value={typed[field.name] ?? values[field.name] ?? ''}
          type={(text) => setTyped({ ...typed, [field.name]: text })}
        />
      ))}
      <button class="button button-outline" type="submit" aria-busy={isSaving}>
        {t('site.save', 'Save')}
      </button>
    </form>
  )
}

type OneProps = { field: Field; value: string; type: (text: string) => void }

function OneField({ field: { name, label, help, most, rows, isNeeded = false }, value, type }: OneProps) {
  const common = {
    id: name,
    maxLength: most,
    required: isNeeded,
    dir: 'auto' as const,
    value,
    ...(help ? { 'aria-describedby': `${name}-help` } : {}),
  }
  return (
    <div class="field">
      <div class="field-head">
        <label for={name}>{label}</label>
      </div>
      {rows ? (
        <textarea {...common} rows={rows} onInput={(event) => type(event.currentTarget.value)} />
      ) : (
        <span class="input">
          <input {...common} onInput={(event) => type(event.currentTarget.value)} />
        </span>
      )}
      {help && (
        <p class="meta" id={`${name}-help`}>
          {help}
        </p>
      )}
    </div>
  )
}
