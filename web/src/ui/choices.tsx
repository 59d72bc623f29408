/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- a list under a text field that keeps the focus and hears the keys (APG, combobox) */
import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import type { IconName } from '../../sprite.ts'
import { Icon } from './parts.tsx'

export type Choice = {
  id: string
  icon?: IconName
  /** In place of an icon. */
  picture?: ComponentChildren
  label: ComponentChildren
  detail?: ComponentChildren
  /** A switch that is thrown in the list itself. */
  isOn?: boolean
  run: () => void
}
export type ChoiceGroup = { id: string; title: string; choices: readonly Choice[] }

type ChoicesProps = {
  id: string
  label: string
  class: string
  field: RefObject<HTMLInputElement | null>
  groups: readonly ChoiceGroup[]
  /** Whether the first is chosen before any arrow is pressed. */
  takesFirst?: boolean
  /** Escape, or Tab out of the field. */
  close: (key: 'Escape' | 'Tab') => void
}

const optionId = (list: string, choice: Choice) => `${list}-${choice.id}`

/** What a text field proposes, in groups. The field keeps the focus: arrows choose, Enter does it (APG, combobox). */
export function Choices({ id, label, field, groups, takesFirst = false, close, ...rest }: ChoicesProps) {
  const all = groups.flatMap((group) => group.choices)
  const [chosen, choose] = useState<string | undefined>(undefined)
  const isThere = all.some((choice) => choice.id === chosen)
  const active = isThere ? chosen : takesFirst ? all[0]?.id : undefined
  // As soon as a choice is seen to be chosen, Enter takes that one.
  useLayoutEffect(() => {
    const input = field.current
    const press = (event: KeyboardEvent) => {
      if (event.isComposing) return
      const at = all.findIndex((choice) => choice.id === active)
      if (event.key === 'ArrowDown') choose(all[(at + 1) % all.length]?.id)
      else if (event.key === 'ArrowUp') choose(all.at(at <= 0 ? -1 : at - 1)?.id)
      else if (event.key === 'Enter' && at >= 0) all[at]?.run()
      else if (event.key === 'Escape') close('Escape')
      else {
        if (event.key === 'Tab') close('Tab')
        return
      }
      event.preventDefault()
      event.stopPropagation()
    }
    input?.addEventListener('keydown', press)
    return () => input?.removeEventListener('keydown', press)
  })
  useLayoutEffect(() => {
    const activeChoice = all.find((choice) => choice.id === active)
    const option = activeChoice && optionId(id, activeChoice)
    if (option) field.current?.setAttribute('aria-activedescendant', option)
    else field.current?.removeAttribute('aria-activedescendant')
    if (option) document.getElementById(option)?.scrollIntoView({ block: 'nearest' })
  }, [active, all.length])
  useLayoutEffect(() => announce(field.current), [])
  return (
    <div id={id} class={`options ${rest.class}`} role="listbox" aria-label={label}>
      {groups
        .filter((group) => group.choices.length > 0)
        .map((group) => (
          <div key={group.id} role="group" aria-labelledby={`${id}-group-${group.id}`}>
            <p class="options-title" id={`${id}-group-${group.id}`} role="presentation">
              {group.title}
            </p>
            {group.choices.map((choice) => (
              <Option key={choice.id} id={optionId(id, choice)} choice={choice} isActive={choice.id === active} />
            ))}
          </div>
        ))}
    </div>
  )
}

/** Says that the field has a list; gives the function that takes it back. */
function announce(input: HTMLInputElement | null): () => void {
  input?.setAttribute('aria-expanded', 'true')
  return () => {
    input?.setAttribute('aria-expanded', 'false')
    input?.removeAttribute('aria-activedescendant')
  }
}

function Option({ id, choice, isActive }: { id: string; choice: Choice; isActive: boolean }) {
  const { icon, picture, label, detail, isOn, run } = choice
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      aria-checked={isOn}
      class="option"
      // The field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={run}
    >
      {picture ?? (icon && <Icon name={icon} />)}
      <span class="option-label">{label}</span>
      {detail && <span class="option-detail">{detail}</span>}
      {isOn !== undefined && <span class="option-switch" aria-hidden="true" />}
    </div>
  )
}
