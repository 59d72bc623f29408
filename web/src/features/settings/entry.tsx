export type EntryFault = { field: string; text: string }
type EntryProps = {
  id: string
  name: string
  label: string
  type: 'password' | 'email' | 'text'
  autocomplete: string
  fault: EntryFault | undefined
}

/** A field of a form on a settings page; what is wrong with it stands under it. */
export function Entry({ id, name, label, type, autocomplete, fault }: EntryProps) {
  const isWrong = fault?.field === name
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{label}</label>
      </div>
      <span class="input">
        <input
          id={id}
          name={name}
          {...({ type } as { type: 'text' })}
          autocomplete={autocomplete}
          required
          aria-invalid={isWrong ? 'true' : undefined}
          aria-describedby={isWrong ? `${id}-fault` : undefined}
        />
      </span>
      {isWrong && (
        <p class="field-fault" id={`${id}-fault`} role="alert">
          {fault.text}
        </p>
      )}
    </div>
  )
}
