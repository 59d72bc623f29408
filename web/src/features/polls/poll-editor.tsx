import { useEffect, useRef } from 'preact/hooks'
import { server } from '../../app/session.ts'
import { amount, t } from '../../i18n/words.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { Icon } from '../../ui/parts.tsx'
import { moved, overlong, withLines, type PollDraft, type PollLimits } from './poll-draft.ts'

type EditorProps = {
  value: PollDraft
  onChange: (value: PollDraft) => void
  /** The poll stands already, and may have votes. */
  isEdit?: boolean
}

/** The poll of a post in writing: options, how many may be chosen, until when (web-spec C-7, picture 05b). */
export function PollEditor({ value, onChange, isEdit = false }: EditorProps) {
  const limits = server.value.configuration.polls
  const box = useRef<HTMLFieldSetElement>(null)
  const next = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (next.current) box.current?.querySelector<HTMLElement>(next.current)?.focus()
    next.current = undefined
  })
  const change = (options: string[], focus?: string) => {
    next.current = focus
    onChange({ ...value, options })
  }
  return (
    <fieldset class="poll-editor" ref={box}>
      <legend class="visually-hidden">{t('polls.name', 'Poll')}</legend>
      {value.options.map((_, index) => (
        <OptionRow key={index} options={value.options} index={index} limits={limits} change={change} />
      ))}
      <div class="poll-terms">
        {value.options.length < limits.max_options && (
          <button
            class="poll-add"
            type="button"
            onClick={() => change([...value.options, ''], fieldAt(value.options.length))}
          >
            <Icon name="add" />
            {t('polls.add', 'Add option')}
          </button>
        )}
        <Terms value={value} onChange={onChange} limits={limits} isEdit={isEdit} />
      </div>
      {isEdit && (
        <p class="meta">
          {t('polls.editNote', 'Other options, or another number of choices, take all votes so far away.')}
        </p>
      )}
    </fieldset>
  )
}

const fieldAt = (index: number) => `[data-option="${index}"]`
const gripAt = (index: number) => `[data-row="${index}"] button`

type RowProps = {
  options: readonly string[]
  index: number
  limits: PollLimits
  /** `focus` is where the keyboard goes on. */
  change: (options: string[], focus?: string) => void
}

function OptionRow({ options, index, limits, change }: RowProps) {
  const option = options[index] ?? ''
  const name = t('polls.option', 'Option {n}', { n: index + 1 })
  const over = overlong(option, limits)
  const replace = (text: string) => change(options.map((one, at) => (at === index ? text : one)))
  const remove = () =>
    change(
      options.filter((_, at) => at !== index),
      fieldAt(Math.max(0, index - 1)),
    )
  const goOn = () => {
    const isLast = index === options.length - 1
    if (isLast && options.length < limits.max_options) change([...options, ''], fieldAt(index + 1))
    else change([...options], fieldAt(Math.min(index + 1, options.length - 1)))
  }
  return (
    <div class="poll-row" data-row={index}>
      <Menu
        label={t('polls.move', 'Move {option}', { option: name })}
        align="start"
        items={movesOf(options, index, change)}
      >
        <Icon name="grip" />
      </Menu>
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
          onInput={(event) => replace(event.currentTarget.value)}
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

function movesOf(options: readonly string[], index: number, change: RowProps['change']): MenuItem[] {
  const to = (place: number) => change(moved(options, index, place), gripAt(place))
  const items: MenuItem[] = []
  if (index > 0) items.push({ label: t('polls.moveUp', 'Move up'), icon: 'up', run: () => to(index - 1) })
  if (index < options.length - 1)
    items.push({ label: t('polls.moveDown', 'Move down'), icon: 'under', run: () => to(index + 1) })
  return items
}

/** In seconds; the server says which of them it takes. */
const DURATIONS: [number, string][] = [
  [60, 'minute'],
  [3600, 'hour'],
  [86_400, 'day'],
]
const CHOICES = [300, 1800, 3600, 21_600, 43_200, 86_400, 259_200, 604_800]

function durationName(seconds: number): string {
  const [size, unit] = DURATIONS.findLast(([one]) => seconds >= one) ?? [1, 'second']
  return amount(Math.round(seconds / size), { style: 'unit', unit, unitDisplay: 'long' })
}

function Terms({ value, onChange, limits, isEdit }: EditorProps & { limits: PollLimits }) {
  const { min_expiration: least, max_expiration: most } = limits
  const fitting = CHOICES.filter((seconds) => seconds >= least && seconds <= most)
  return (
    <span class="poll-chips">
      <select
        class="chip"
        aria-label={t('polls.howMany', 'How many can be chosen')}
        value={value.multiple ? 'many' : 'one'}
        onChange={(event) => onChange({ ...value, multiple: event.currentTarget.value === 'many' })}
      >
        <option value="one">{t('polls.one', 'One choice')}</option>
        <option value="many">{t('polls.many', 'Several choices')}</option>
      </select>
      <select
        class="chip"
        aria-label={t('polls.until', 'When it ends')}
        value={value.expiresIn ?? ''}
        onChange={(event) => {
          const { value: chosen } = event.currentTarget
          onChange({ ...value, expiresIn: chosen === '' ? null : Number(chosen) })
        }}
      >
        {isEdit && <option value="">{t('polls.sameEnd', 'Ends as it did')}</option>}
        {fitting.map((seconds) => (
          <option key={seconds} value={seconds}>
            {t('polls.endsIn', 'Ends in {duration}', { duration: durationName(seconds) })}
          </option>
        ))}
      </select>
      <button
        class={value.hideTotals ? 'chip chip-on' : 'chip'}
        type="button"
        aria-pressed={value.hideTotals}
        onClick={() => onChange({ ...value, hideTotals: !value.hideTotals })}
      >
        {t('polls.hide', 'Hide counts until the end')}
      </button>
    </span>
  )
}
