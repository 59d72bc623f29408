import type { FilterAction, FilterContext } from '@hamlet/contract/filter'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { changeDraft } from './editor-state.ts'
import { actionEffect, actionName, actions, contextName, contexts, endOf } from './words.ts'

/** What happens to a post, each with its consequence. */
export function ActionChoice({ chosen }: { chosen: FilterAction }) {
  return (
    <fieldset class="filter-set">
      <legend class="field-head">{t('filters.action', 'What happens')}</legend>
      <div class="choices">
        {actions.map((action) => (
          <label class="choice" key={action}>
            <input type="radio" name="action" checked={chosen === action} onChange={() => changeDraft({ action })} />
            <span>
              <strong>{actionName(action)}</strong>
              {actionEffect(action)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function ContextChoice({ chosen }: { chosen: readonly FilterContext[] }) {
  const choose = (context: FilterContext, isOn: boolean) =>
    changeDraft({ contexts: contexts.filter((one) => (one === context ? isOn : chosen.includes(one))) })
  return (
    <fieldset class="filter-set">
      <legend class="field-head">{t('filters.where', 'Where')}</legend>
      <div class="filter-contexts">
        {contexts.map((context) => (
          <label class="check" key={context}>
            <input
              type="checkbox"
              checked={chosen.includes(context)}
              onChange={(event) => choose(context, event.currentTarget.checked)}
            />
            <span>{contextName(context)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const KEPT = 'kept'

/** How long filters last (mastodon-limits, Filters). */
const spans = () =>
  [
    [30 * MINUTE, t('filters.minutes', '{n} minutes', { n: 30 })],
    [HOUR, t('filters.hours', '{n, plural, one {# hour} other {# hours}}', { n: 1 })],
    [6 * HOUR, t('filters.hours', '{n, plural, one {# hour} other {# hours}}', { n: 6 })],
    [12 * HOUR, t('filters.hours', '{n, plural, one {# hour} other {# hours}}', { n: 12 })],
    [DAY, t('filters.day', '1 day')],
    [7 * DAY, t('filters.week', '1 week')],
  ] as const

type EndProps = { seconds: number | undefined; expiresAt: string | null }

/** Until when; an end that is set already stays unless another is chosen. */
export function EndChoice({ seconds, expiresAt }: EndProps) {
  const isSet = seconds === undefined && expiresAt !== null
  return (
    <label class="filter-field">
      <span class="field-head">{t('filters.howLong', 'For how long')}</span>
      <span class="gate-select">
        <select
          value={isSet ? KEPT : String(seconds ?? 0)}
          onChange={({ currentTarget }) =>
            changeDraft({ seconds: currentTarget.value === KEPT ? undefined : Number(currentTarget.value) })
          }
        >
          {expiresAt !== null && <option value={KEPT}>{endOf(expiresAt)}</option>}
          <option value="0">{t('filters.forEver', 'For ever')}</option>
          {spans().map(([value, words]) => (
            <option key={value} value={String(value)}>
              {words}
            </option>
          ))}
        </select>
        <Icon name="down" small />
      </span>
    </label>
  )
}
