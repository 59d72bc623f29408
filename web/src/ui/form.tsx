import type { Fault, FormState } from '@hamlet/contract/pages'
import type { ComponentChildren } from 'preact'
import { t } from '../i18n/words.ts'
import { sayFault } from './faults.ts'
import { Icon } from './parts.tsx'

type FieldProps = {
  name: string
  label: string
  state: FormState
  type?: 'text' | 'email' | 'password' | 'date'
  help?: string
  autocomplete?: string
  /** Beside the label, at its end. */
  aside?: ComponentChildren
  /** Shown in the field after what is typed. */
  suffix?: string
  required?: boolean
  autofocus?: boolean
}

/** What is wrong with a field stands under it, and the field says so to a screen reader. */
export function Field(props: FieldProps) {
  const { name, label, state, type = 'text', help, suffix } = props
  const fault = state.errors[name]
  const notes = [fault && `${name}-fault`, help && `${name}-help`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <div class="field-head">
        <label for={name}>{label}</label>
        {props.aside}
      </div>
      <span class={suffix ? 'input input-suffix' : 'input'}>
        <input
          id={name}
          name={name}
          {...({ type } as { type: 'text' })}
          value={type === 'password' ? undefined : (state.values[name] ?? '')}
          autocomplete={props.autocomplete}
          required={props.required ?? true}
          autofocus={props.autofocus}
          autocapitalize="none"
          spellcheck={false}
          aria-invalid={fault ? 'true' : undefined}
          aria-describedby={notes || undefined}
        />
        {suffix && <span class="suffix">{suffix}</span>}
        {type === 'password' && <Reveal of={name} />}
      </span>
      <Notes name={name} fault={fault} help={help} label={label} />
    </div>
  )
}

/** Shows what is typed into a password field, by a script (reader.ts); where there is none its style hides it. */
function Reveal({ of }: { of: string }) {
  return (
    <button
      class="icon-button reveal"
      type="button"
      aria-controls={of}
      aria-pressed="false"
      aria-label={t('ui.showPassword', 'Show what I type')}
    >
      <Icon name="shown" />
    </button>
  )
}

export function TextArea({ name, label, state, help, rows = 4 }: Omit<FieldProps, 'type'> & { rows?: number }) {
  const fault = state.errors[name]
  const notes = [fault && `${name}-fault`, help && `${name}-help`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <div class="field-head">
        <label for={name}>{label}</label>
      </div>
      <textarea
        id={name}
        name={name}
        rows={rows}
        dir="auto"
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={notes || undefined}
      >
        {state.values[name] ?? ''}
      </textarea>
      <Notes name={name} fault={fault} help={help} label={label} />
    </div>
  )
}

function Notes({
  name,
  fault,
  help,
  label,
}: {
  name: string
  fault?: Fault | undefined
  help?: string | undefined
  label: string
}) {
  return (
    <>
      {fault && (
        <p class="field-fault" id={`${name}-fault`}>
          <Icon name="fault" small />
          {sayFault(fault, label)}
        </p>
      )}
      {help && (
        <p class="field-help" id={`${name}-help`}>
          {help}
        </p>
      )}
    </>
  )
}

/** What is wrong with all of a form, said first. */
export function FormFault({ state }: { state: FormState }) {
  return state.errors.form ? (
    <p class="form-fault" role="alert">
      {sayFault(state.errors.form)}
    </p>
  ) : null
}

export function Check({ name, state, children }: { name: string; state: FormState; children: ComponentChildren }) {
  const fault = state.errors[name]
  return (
    <div class="field">
      <label class="check">
        <input type="checkbox" name={name} value="1" aria-invalid={fault ? 'true' : undefined} />
        <span>{children}</span>
      </label>
      {fault && (
        <p class="field-fault">
          <Icon name="fault" small />
          {sayFault(fault)}
        </p>
      )}
    </div>
  )
}
