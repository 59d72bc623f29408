import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { ruleLimits } from '@hamlet/contract/rule-grammar'
import { Fragment } from 'preact'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { ConditionCard, EffectCard } from './condition-row.tsx'
import { effectNames, freshCondition, freshEffect } from './kinds.ts'
import { ruleSentence } from './sentence.ts'

type Change = (draft: RuleWording) => void
type BuilderProps = { draft: RuleWording; change: Change; remove: (() => void) | undefined }

const without = <T,>(all: readonly T[], at: number) => all.filter((_, index) => index !== at)
const withOne = <T,>(all: readonly T[], at: number, one: T) => all.map((known, index) => (index === at ? one : known))

/** How a rule is written: its conditions, what is done, and until when; below them all of it in one sentence. */
export function Builder({ draft, change, remove }: BuilderProps) {
  return (
    <form class="rule-builder" onSubmit={(event) => event.preventDefault()}>
      <label class="field">
        <span class="field-head">{t('rules.name', 'Name of the rule')}</span>
        <span class="input">
          <input
            maxLength={ruleLimits.title}
            dir="auto"
            value={draft.title}
            onInput={(event) => change({ ...draft, title: event.currentTarget.value })}
          />
        </span>
      </label>
      <h2>{t('rules.when', 'When a post')}</h2>
      <Conditions draft={draft} change={change} />
      <h2>{t('rules.then', 'Then')}</h2>
      <Effects draft={draft} change={change} />
      <h2>{t('rules.until', 'Until')}</h2>
      <Until draft={draft} change={change} />
      <div class="rule-said">
        <p class="meta">{t('rules.inOne', 'In one sentence')}</p>
        <p dir="auto">{ruleSentence(draft)}</p>
      </div>
      {remove && (
        <button class="link-button rule-delete" type="button" onClick={remove}>
          {t('rules.delete', 'Delete this rule and its log')}
        </button>
      )}
    </form>
  )
}

type JoinProps = { match: RuleWording['match']; isTurned: boolean; choose: (isTurned: boolean) => void }

/** How a condition goes with those above it. */
function JoinPick({ match, isTurned, choose }: JoinProps) {
  const plain = match === 'all' ? t('rules.and', 'and') : t('rules.or', 'or')
  const turned = match === 'all' ? t('rules.andNot', 'and not') : t('rules.orNot', 'or not')
  return (
    <select
      class="rule-join"
      aria-label={t('rules.joins', 'How it goes with those above')}
      value={isTurned ? 'not' : 'and'}
      onChange={(event) => choose(event.currentTarget.value === 'not')}
    >
      <option value="and" selected={!isTurned}>
        {plain}
      </option>
      <option value="not" selected={isTurned}>
        {turned}
      </option>
    </select>
  )
}

function Conditions({ draft, change }: { draft: RuleWording; change: Change }) {
  const set = (conditions: RuleWording['conditions']) => change({ ...draft, conditions })
  return (
    <>
      {draft.conditions.map((one, at) => (
        <Fragment key={at}>
          {at > 0 && (
            <JoinPick
              match={draft.match}
              isTurned={one.not ?? false}
              choose={(isTurned) => {
                const { not: _, ...rest } = one
                set(withOne(draft.conditions, at, isTurned ? { ...rest, not: true } : rest))
              }}
            />
          )}
          <ConditionCard
            key={one.kind}
            one={one}
            change={(next) => set(withOne(draft.conditions, at, next))}
            remove={draft.conditions.length > 1 ? () => set(without(draft.conditions, at)) : undefined}
          />
        </Fragment>
      ))}
      <div class="rule-adds">
        {draft.conditions.length < ruleLimits.conditions && (
          <AddButton
            label={t('rules.addCondition', 'Add a condition')}
            run={() => set([...draft.conditions, freshCondition('younger')])}
          />
        )}
        {draft.conditions.length > 1 && (
          <select
            class="rule-join"
            aria-label={t('rules.matches', 'How many of them must be true')}
            value={draft.match}
            onChange={(event) => change({ ...draft, match: event.currentTarget.value as RuleWording['match'] })}
          >
            <option value="all" selected={draft.match === 'all'}>
              {t('rules.all', 'All must be true')}
            </option>
            <option value="any" selected={draft.match === 'any'}>
              {t('rules.any', 'One is enough')}
            </option>
          </select>
        )}
      </div>
    </>
  )
}

function AddButton({ label, run }: { label: string; run: () => void }) {
  return (
    <button class="link-button rule-add" type="button" onClick={run}>
      <Icon name="add" small />
      {label}
    </button>
  )
}

function Effects({ draft, change }: { draft: RuleWording; change: Change }) {
  const set = (effects: RuleWording['effects']) => change({ ...draft, effects })
  const taken = new Set(draft.effects.map((effect) => effect.kind))
  const next = effectNames().find(([kind]) => !taken.has(kind))?.[0]
  return (
    <>
      {draft.effects.map((one, at) => (
        <EffectCard
          key={one.kind}
          one={one}
          change={(effect) => set(withOne(draft.effects, at, effect))}
          remove={draft.effects.length > 1 ? () => set(without(draft.effects, at)) : undefined}
        />
      ))}
      {next && (
        <div class="rule-adds">
          <AddButton
            label={t('rules.addEffect', 'Add an action')}
            run={() => set([...draft.effects, freshEffect(next)])}
          />
        </div>
      )}
      {taken.has('reject') && (
        <label class="field">
          <span class="field-head">{t('rules.publicText', 'What its author is told')}</span>
          <span class="input">
            <input
              maxLength={ruleLimits.publicText}
              dir="auto"
              value={draft.public_text}
              onInput={(event) => change({ ...draft, public_text: event.currentTarget.value })}
            />
          </span>
        </label>
      )}
    </>
  )
}

const DAY_MS = 24 * 3_600_000

function Until({ draft, change }: { draft: RuleWording; change: Change }) {
  const left = draft.expires_at === null ? 0 : Math.round((Date.parse(draft.expires_at) - Date.now()) / DAY_MS)
  const choices: [number, string][] = [
    [1, t('rules.oneDay', '1 day')],
    [30, t('rules.thirtyDays', '30 days')],
    [0, t('rules.forEver', 'For ever')],
  ]
  return (
    <fieldset class="chips rule-plain" aria-label={t('rules.until', 'Until')}>
      {choices.map(([days, label]) => (
        <button
          key={days}
          class={left === days ? 'chip chip-on' : 'chip'}
          type="button"
          aria-pressed={left === days}
          onClick={() =>
            change({ ...draft, expires_at: days === 0 ? null : new Date(Date.now() + days * DAY_MS).toISOString() })
          }
        >
          {label}
        </button>
      ))}
    </fieldset>
  )
}
