import { useLayoutEffect, useRef } from 'preact/hooks'
import { server } from '../../app/session.ts'
import { amount, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { fieldAt, OptionRow } from './option-row.tsx'
import type { PollDraft, PollLimits } from './poll-draft.ts'

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
  // Before the next key is typed, which else would go where the keyboard was.
  useLayoutEffect(() => {
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

const UNITS: [number, string][] = [
  [60, 'minute'],
  [3600, 'hour'],
  [86_400, 'day'],
]
/** In seconds; the server says which of them it takes. */
const DURATIONS = [300, 1800, 3600, 21_600, 43_200, 86_400, 259_200, 604_800]

function durationName(seconds: number): string {
  const [size, unit] = UNITS.findLast(([one]) => seconds >= one) ?? [1, 'second']
  return amount(Math.round(seconds / size), { style: 'unit', unit, unitDisplay: 'long' })
}

function Terms({ value, onChange, limits, isEdit }: EditorProps & { limits: PollLimits }) {
  const { min_expiration: least, max_expiration: most } = limits
  const fitting = DURATIONS.filter((seconds) => seconds >= least && seconds <= most)
  return (
    <span class="poll-chips">
      <span class="poll-select">
        <select
          class="chip"
          aria-label={t('polls.howMany', 'How many can be chosen')}
          value={value.multiple ? 'many' : 'one'}
          onChange={(event) => onChange({ ...value, multiple: event.currentTarget.value === 'many' })}
        >
          <option value="one">{t('polls.one', 'One choice')}</option>
          <option value="many">{t('polls.many', 'Several choices')}</option>
        </select>
        <Icon name="down" small />
      </span>
      <span class="poll-select">
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
        <Icon name="down" small />
      </span>
      <button
        class={value.hideTotals ? 'chip chip-on' : 'chip'}
        type="button"
        aria-pressed={value.hideTotals}
        aria-label={t('polls.hideLong', 'Hide counts until the end')}
        title={t('polls.hideLong', 'Hide counts until the end')}
        onClick={() => onChange({ ...value, hideTotals: !value.hideTotals })}
      >
        {t('polls.hide', 'Hide counts')}
      </button>
    </span>
  )
}
