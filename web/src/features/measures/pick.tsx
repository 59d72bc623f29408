import { Icon } from '../../ui/parts.tsx'

type PickProps = { label: string; options: [string, string][]; value: string; choose: (value: string) => void }

/** One of several, under its name. */
export function Pick({ label, options, value, choose }: PickProps) {
  return (
    <label class="gate-choice">
      <span class="field-head">{label}</span>
      <span class="gate-select">
        <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
          {options.map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
        <Icon name="down" small />
      </span>
    </label>
  )
}
