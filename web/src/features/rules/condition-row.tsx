import type { RuleCondition, RuleEffect } from '@hamlet/contract/rule-grammar'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { conditionNames, effectNames, freshCondition, freshEffect, lists, numbers } from './kinds.ts'
import { visibilityWords } from './sentence.ts'

type PickProps<T extends string> = {
  label: string
  value: T
  options: readonly (readonly [T, string])[]
  choose: (value: T) => void
  isStrong?: boolean
}

function Pick<T extends string>({ label, value, options, choose, isStrong = false }: PickProps<T>) {
  return (
    <select
      class={isStrong ? 'rule-chip rule-chip-strong' : 'rule-chip'}
      aria-label={label}
      value={value}
      onChange={(event) => choose(event.currentTarget.value as T)}
    >
      {options.map(([name, words]) => (
        <option key={name} value={name} selected={name === value}>
          {words}
        </option>
      ))}
    </select>
  )
}

type RowProps = { label: string; remove: (() => void) | undefined; children: ComponentChildren }

function Card({ label, remove, children }: RowProps) {
  return (
    <fieldset class="rule-card rule-plain" aria-label={label}>
      <div class="rule-card-words">{children}</div>
      {remove && (
        <button
          class="icon-button"
          type="button"
          aria-label={t('rules.removeOne', 'Remove: {what}', { what: label })}
          title={t('rules.remove', 'Remove')}
          onClick={remove}
        >
          <Icon name="close" />
        </button>
      )}
    </fieldset>
  )
}

type ConditionProps = {
  one: RuleCondition
  change: (one: RuleCondition) => void
  remove: (() => void) | undefined
}

/** One condition (picture 16): what is asked, and for what. */
export function ConditionCard({ one, change, remove }: ConditionProps) {
  const names = conditionNames()
  const label = names.find(([kind]) => kind === one.kind)?.[1] ?? one.kind
  const set = (members: Record<string, unknown>) => change({ ...one, ...members })
  return (
    <Card label={label} remove={remove}>
      <Pick
        label={t('rules.asks', 'What is asked')}
        value={one.kind}
        options={names}
        isStrong
        choose={(kind) => change({ ...freshCondition(kind), ...(one.not ? { not: true } : {}) })}
      />
      <Values one={one} label={label} set={set} />
    </Card>
  )
}

type ValuesProps = { one: RuleCondition; label: string; set: (members: Record<string, unknown>) => void }

function Values({ one, label, set }: ValuesProps) {
  const list = lists[one.kind]
  const number = numbers[one.kind]
  const members = one as unknown as Record<string, unknown>
  if (list) {
    const values = members[list.member] as string[]
    return <ListField label={label} hint={list.hint()} values={values} set={(next) => set({ [list.member]: next })} />
  }
  if (number)
    return (
      <span class="rule-number">
        <input
          class="rule-chip"
          type="number"
          min={1}
          max={number.max}
          aria-label={label}
          value={String(members[number.member])}
          onInput={(event) => set({ [number.member]: Number(event.currentTarget.value) || 1 })}
        />
        {number.unit()}
      </span>
    )
  if (one.kind === 'pattern')
    return (
      <input
        class="rule-chip rule-chip-wide"
        aria-label={label}
        maxLength={200}
        spellcheck={false}
        autocapitalize="none"
        dir="ltr"
        value={one.pattern}
        onInput={(event) => set({ pattern: event.currentTarget.value })}
      />
    )
  if (one.kind === 'origin') return <Origin one={one} set={set} />
  if (one.kind === 'visibility')
    return (
      <Pick
        label={label}
        value={one.visibilities[0] ?? 'public'}
        options={Object.entries(visibilityWords()) as [NonNullable<(typeof one.visibilities)[number]>, string][]}
        choose={(visibility) => set({ visibilities: [visibility] })}
      />
    )
  return null
}

function Origin({ one, set }: { one: Extract<RuleCondition, { kind: 'origin' }>; set: ValuesProps['set'] }) {
  return (
    <>
      <Pick
        label={t('rules.from', 'From where')}
        value={one.from}
        options={[
          ['elsewhere', t('rules.fromElsewhere', 'any other server')],
          ['here', t('rules.fromHere', 'here')],
          ['servers', t('rules.fromServers', 'these servers')],
        ]}
        choose={(from) => set({ from })}
      />
      {one.from === 'servers' && (
        <ListField
          label={t('rules.fromServers', 'these servers')}
          hint="mill.example"
          values={one.servers}
          set={(servers) => set({ servers })}
        />
      )}
    </>
  )
}

type ListProps = { label: string; hint: string; values: readonly string[]; set: (values: string[]) => void }

const readList = (text: string) =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter(Boolean)

/** Words with commas between; what is typed stays as it is typed. */
function ListField({ label, hint, values, set }: ListProps) {
  const [text, setText] = useState(values.join(', '))
  return (
    <input
      class="rule-chip rule-chip-wide"
      aria-label={label}
      placeholder={hint}
      autocapitalize="none"
      spellcheck={false}
      dir="auto"
      value={text}
      onInput={(event) => {
        setText(event.currentTarget.value)
        set(readList(event.currentTarget.value))
      }}
    />
  )
}

type EffectProps = { one: RuleEffect; change: (one: RuleEffect) => void; remove: (() => void) | undefined }

export function EffectCard({ one, change, remove }: EffectProps) {
  const names = effectNames()
  const label = names.find(([kind]) => kind === one.kind)?.[1] ?? one.kind
  return (
    <Card label={label} remove={remove}>
      <Pick
        label={t('rules.does', 'What is done')}
        value={one.kind}
        options={names}
        isStrong
        choose={(kind) => change(freshEffect(kind))}
      />
      {(one.kind === 'warn' || one.kind === 'label') && (
        <input
          class="rule-chip rule-chip-wide"
          aria-label={label}
          maxLength={one.kind === 'warn' ? 100 : 40}
          dir="auto"
          value={one.text}
          onInput={(event) => change({ kind: one.kind, text: event.currentTarget.value })}
        />
      )}
    </Card>
  )
}
