type LineProps = {
  id: string
  name: string
  label: string
  placeholder?: string
  fault?: string
  autocomplete?: string
}

/** A field of one line on a settings page; what is wrong with it stands under it. */
export function Line({ id, name, label, placeholder, fault = '', autocomplete = 'off' }: LineProps) {
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{label}</label>
      </div>
      <span class="input">
        <input
          id={id}
          name={name}
          required
          placeholder={placeholder}
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          maxLength={400}
          aria-invalid={fault ? 'true' : undefined}
          aria-describedby={fault ? `${id}-fault` : undefined}
        />
      </span>
      {fault && (
        <p class="field-fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
