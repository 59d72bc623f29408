import { t } from '../../i18n/words.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { Icon } from '../../ui/parts.tsx'
import { moved, overlong, withLines, type PollLimits } from './poll-draft.ts'

type RowProps = {
  options: readonly string[]
  index: number
  limits: PollLimits
  /** `focus` is where the keyboard goes on. */
  change: (options: string[], focus?: string) => void
}

/** Where the field of an option stands, and the grip beside it. */
export const fieldAt = (index: number) => `[data-option="${index}"]`
const gripAt = (index: number) => `[data-row="${index}"] button`

/** One option in writing: a grip that moves it, its words, and the way to be rid of it. */
export function OptionRow(row: RowProps) {
  const { options, index, change } = row
  const name = t('polls.option', 'Option {n}', { n: index + 1 })
  const remove = () =>
    change(
      options.filter((_, at) => at !== index),
      fieldAt(Math.max(0, index - 1)),
    )
  return (
    <div class="poll-row" data-row={index}>
      <Menu label={t('polls.move', 'Move {option}', { option: name })} align="start" items={movesOf(row)}>
        <Icon name="grip" />
      </Menu>
      <OptionField row={row} name={name} />
      {options.length > 2 && (
        <button
          class="icon-button"
          type="button"
          aria-label={t('polls.remove', 'Remove {option}', { option: name })}
          onClick={remove}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}

function movesOf({ options, index, change }: RowProps): MenuItem[] {
  const to = (place: number) => change(moved(options, index, place), gripAt(place))
  const items: MenuItem[] = []
  if (index > 0) items.push({ label: t('polls.moveUp', 'Move up'), icon: 'up', run: () => to(index - 1) })
  if (index < options.length - 1)
    items.push({ label: t('polls.moveDown', 'Move down'), icon: 'under', run: () => to(index + 1) })
  return items
}

function OptionField({ row, name }: { row: RowProps; name: string }) {
  const { options, index, limits, change } = row
  const option = options[index] ?? ''
  const over = overlong(option, limits)
  const goOn = () => {
    const isLast = index === options.length - 1
    if (isLast && options.length < limits.max_options) change([...options, ''], fieldAt(index + 1))
    else change([...options], fieldAt(Math.min(index + 1, options.length - 1)))
  }
  return (
    <span class="poll-field">
      <input
        type="text"
        data-option={index}
        aria-label={name}
        placeholder={name}
        value={option}
        dir="auto"
        autocomplete="off"
        aria-invalid={over > 0}
        aria-describedby={over > 0 ? `poll-over-${index}` : undefined}
        onInput={(event) => change(options.with(index, event.currentTarget.value))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.isComposing || event.metaKey || event.ctrlKey) return
          // Enter would post; here it goes on to the next option.
          event.preventDefault()
          goOn()
        }}
        onPaste={(event) => {
          const text = event.clipboardData?.getData('text') ?? ''
          if (!text.trim().includes('\n')) return
          event.preventDefault()
          change(withLines(options, index, text, limits))
        }}
      />
      {over > 0 && (
        <span class="field-fault" id={`poll-over-${index}`}>
          {t('polls.over', '{n, plural, one {# character} other {# characters}} too many', { n: over })}
        </span>
      )}
    </span>
  )
}
