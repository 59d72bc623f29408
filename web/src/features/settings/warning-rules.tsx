import type { WarningKind, WarningRule } from '@hamlet/contract/account-settings'
import type { RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { reading } from '../../app/reading.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Group } from './rows.tsx'
import { saveSettings } from './save.ts'
import { keyOfRule, listActs, listKinds, LONGEST_WORD, MOST_RULES, nameOfRule } from './warning-words.ts'

const save = (warningRules: WarningRule[]) => void saveSettings({ warningRules })

/** What becomes of a post by what it warns of (web-spec 4.3): the rules, and a row that makes one. */
export function WarningRules() {
  const rules = reading.value.warningRules
  return (
    <Group
      id="warning-rules-caption"
      title={t('settings.rulesCaption', 'By what they warn of')}
      note={t(
        'settings.rulesNote',
        'A word counts before a kind, and closed before open. In a thread, one key or button opens or closes all warnings.',
      )}
    >
      {rules.length === 0 ? (
        <p class="wish wish-none">{t('settings.noRules', 'No rules yet. Every warning is treated alike.')}</p>
      ) : (
        <ul class="warning-rules">
          {rules.map((rule) => (
            <RuleRow key={keyOfRule(rule)} rule={rule} />
          ))}
        </ul>
      )}
      <NewRule />
    </Group>
  )
}

type Act = WarningRule['act']
type ActProps = { label: string; act: Act; choose: (act: Act) => void }

function ActSelect({ label, act, choose }: ActProps) {
  return (
    <span class="select">
      <select value={act} aria-label={label} onChange={(event) => choose(event.currentTarget.value as Act)}>
        {listActs().map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  )
}

function RuleRow({ rule }: { rule: WarningRule }) {
  const name = nameOfRule(rule)
  const rules = reading.value.warningRules
  const change = (act: Act) => save(rules.map((one) => (one === rule ? { ...one, act } : one)))
  return (
    <li class="wish">
      <span>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <small>
          {'word' in rule ? t('settings.ruleWord', 'This word') : t('settings.ruleKind', 'This kind of thing')}
        </small>
      </span>
      <ActSelect label={t('settings.ruleAct', 'Warnings of {name}', { name })} act={rule.act} choose={change} />
      <button
        class="icon-button"
        type="button"
        aria-label={t('settings.removeRule', 'Remove the rule for {name}', { name })}
        title={t('settings.removeRule', 'Remove the rule for {name}', { name })}
        onClick={() => {
          document.getElementById('warning-rules')?.focus()
          save(rules.filter((one) => one !== rule))
        }}
      >
        <Icon name="remove" />
      </button>
    </li>
  )
}

/** Why there can be no such rule; undefined when there can. */
function faultOf(rule: WarningRule): string | undefined {
  const rules = reading.peek().warningRules
  if ('word' in rule && rule.word === '') return t('settings.ruleEmpty', 'Write the word that stands in the warning.')
  if (rules.some((one) => keyOfRule(one) === keyOfRule(rule)))
    return t('settings.ruleTwice', 'There is a rule for this already.')
  if (rules.length >= MOST_RULES)
    return t('settings.rulesFull', '{n} rules are the most. Remove one first.', { n: MOST_RULES })
  return undefined
}

function WordField({ field, isWrong }: { field: RefObject<HTMLInputElement | null>; isWrong: boolean }) {
  return (
    <span class="input">
      <input
        ref={field}
        dir="auto"
        maxLength={LONGEST_WORD}
        autocomplete="off"
        aria-label={t('settings.theWord', 'Word in the warning')}
        placeholder={t('settings.wordHint', 'spiders')}
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? 'new-rule-fault' : undefined}
      />
    </span>
  )
}

function NewRule() {
  const [what, setWhat] = useState<WarningKind | 'word'>('word')
  const [act, setAct] = useState<Act>('fold')
  const [fault, setFault] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const add = () => {
    const word = field.current?.value.trim() ?? ''
    const rule: WarningRule = what === 'word' ? { word, act } : { kind: what, act }
    const found = faultOf(rule)
    setFault(found)
    if (found) return field.current?.focus()
    if (field.current) field.current.value = ''
    save([...reading.peek().warningRules, rule])
  }
  return (
    <form
      class="new-rule"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <div class="new-rule-fields">
        <label for="warning-rules">{t('settings.newRule', 'New rule for')}</label>
        <span class="select">
          <select
            id="warning-rules"
            value={what}
            onChange={(event) => {
              setFault(undefined)
              setWhat(event.currentTarget.value as WarningKind | 'word')
            }}
          >
            <option value="word">{t('settings.aWord', 'A word')}</option>
            {listKinds().map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
        {what === 'word' && <WordField field={field} isWrong={fault !== undefined} />}
        <ActSelect label={t('settings.newRuleAct', 'What becomes of it')} act={act} choose={setAct} />
        <button class="button button-outline" type="submit">
          {t('settings.addRule', 'Add rule')}
        </button>
      </div>
      {fault && (
        <p class="field-fault" id="new-rule-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}
