import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { explain } from '../../api/request.ts'

type AddProps = {
  title?: string
  /** What comes of it, before somebody does it. */
  lead?: ComponentChildren
  /** What the button says. */
  label: string
  /** What it says when it was refused stands below the fields. */
  send: (form: FormData) => Promise<void>
  /** It is a page's own sheet, not the head of a list. */
  isSheet?: boolean
  children: ComponentChildren
}

/** One line of fields above a list, by which something is put on it. */
export function AddForm({ title, lead, label, send, isSheet = false, children }: AddProps) {
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const submit = async (form: HTMLFormElement) => {
    if (isSending) return
    setSending(true)
    setFault('')
    try {
      await send(new FormData(form))
      form.reset()
    } catch (error) {
      setFault(explain(error))
    }
    setSending(false)
  }
  return (
    <form
      class={isSheet ? 'sheet column-sheet gate-form' : 'gate-form'}
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      {title && <h2 class="gate-title">{title}</h2>}
      {lead && <p class="gate-lead">{lead}</p>}
      <div class="gate-fields">
        {children}
        <button class="button button-primary" type="submit" aria-busy={isSending}>
          {label}
        </button>
      </div>
      {fault && (
        <p class="field-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}

type FindProps = { label: string; button: string; find: (text: string) => void; children: ComponentChildren }

/** One line above a list that narrows it: words, and what else is chosen beside them. */
export function FindForm({ label, button, find, children }: FindProps) {
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault()
        find(textOf(new FormData(event.currentTarget), 'text'))
      }}
    >
      <div class="gate-fields">
        <LineField name="text" label={label} isSearch maxLength={320} />
        {children}
        <button class="button button-primary" type="submit">
          {button}
        </button>
      </div>
    </form>
  )
}

type LineProps = {
  name: string
  label: string
  placeholder?: string
  isRequired?: boolean
  isSearch?: boolean
  maxLength?: number
}

/** A field of such a line: names and addresses, which no dictionary knows. */
export function LineField({
  name,
  label,
  placeholder = '',
  isRequired = false,
  isSearch = false,
  maxLength = 2000,
}: LineProps) {
  const given = {
    name,
    maxLength,
    placeholder,
    required: isRequired,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: false,
  } as const
  return (
    <label class="gate-text">
      <span class="field-head">{label}</span>
      <span class="input">{isSearch ? <input type="search" {...given} /> : <input type="text" {...given} />}</span>
    </label>
  )
}

/** What stands in a field of text, without the spaces around it. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
