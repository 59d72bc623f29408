import type { ComponentChildren } from 'preact'
import { Icon } from '../../ui/parts.tsx'

type GroupProps = { title: string; id: string; note?: ComponentChildren; children: ComponentChildren }

/** A caption over a sheet of rows (picture 15). */
export function Group({ title, id, note, children }: GroupProps) {
  return (
    <section class="wishes" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class="sheet">{children}</div>
      {note && <p class="meta">{note}</p>}
    </section>
  )
}

type RowProps = { id: string; label: string; help?: string | undefined }

const helpOf = ({ id, help }: RowProps) => (help ? `${id}-help` : undefined)
/** A link to one setting has its id behind the hash; the row that it leads to is marked. */
const rowClass = (id: string) => (location.hash === `#${id}` ? 'wish wish-found' : 'wish')

/** On or off. */
export function SwitchRow(props: RowProps & { isOn: boolean; choose: (isOn: boolean) => void }) {
  const { id, label, help, isOn, choose } = props
  return (
    <div class={rowClass(id)}>
      <span>
        <strong id={`${id}-label`}>{label}</strong>
        {help && <small id={`${id}-help`}>{help}</small>}
      </span>
      <button
        id={id}
        class="switch"
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-labelledby={`${id}-label`}
        aria-describedby={helpOf(props)}
        onClick={() => choose(!isOn)}
      />
    </div>
  )
}

/** One of several colours, each shown as it is and named. */
export function SwatchRow<T extends string>(props: ChoiceProps<T>) {
  const { id, label, help, value, choices, choose } = props
  return (
    <fieldset id={id} class={`${rowClass(id)} swatches`} tabIndex={-1} aria-describedby={helpOf(props)}>
      <legend>{label}</legend>
      {help && <small id={`${id}-help`}>{help}</small>}
      <div>
        {choices.map(([one, words]) => (
          <label key={one} class="swatch" data-accent={one}>
            <input type="radio" name={id} value={one} checked={one === value} onChange={() => choose(one)} />
            <span class="swatch-colour" aria-hidden="true" />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type ChoiceProps<T extends string> = RowProps & {
  value: T
  choices: readonly (readonly [T, string])[]
  choose: (value: T) => void
}

/** One of two, side by side: both can be read before one is chosen (picture 15). */
function SegmentRow<T extends string>(props: ChoiceProps<T>) {
  const { id, label, help, value, choices, choose } = props
  return (
    <div class={rowClass(id)}>
      <span>
        <strong id={`${id}-label`}>{label}</strong>
        {help && <small id={`${id}-help`}>{help}</small>}
      </span>
      <fieldset id={id} class="segments" tabIndex={-1} aria-labelledby={`${id}-label`} aria-describedby={helpOf(props)}>
        {choices.map(([one, words]) => (
          <label key={one}>
            <input type="radio" name={id} value={one} checked={one === value} onChange={() => choose(one)} />
            <span data-words={words}>{words}</span>
          </label>
        ))}
      </fieldset>
    </div>
  )
}

/** One of several. */
export function ChoiceRow<T extends string>(props: ChoiceProps<T>) {
  const { id, label, help, value, choices, choose } = props
  if (choices.length === 2) return <SegmentRow {...props} />
  return (
    <div class={rowClass(id)}>
      <span>
        <label for={id}>{label}</label>
        {help && <small id={`${id}-help`}>{help}</small>}
      </span>
      <span class="select">
        <select
          id={id}
          value={value}
          aria-describedby={helpOf(props)}
          onChange={(event) => choose(event.currentTarget.value as T)}
        >
          {choices.map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </div>
  )
}
