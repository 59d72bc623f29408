import type { Rule } from '@hamlet/contract/instance'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { language, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'

const PATH = '/api/web/admin/rules'
const TONGUES = 'en de fr es pt it nl nb sv da fi pl cs tr el ru uk ar he fa hi ja ko zh-CN zh-TW'.split(' ')

type Said = { text: string; hint: string }
type Props = { rule: Rule | undefined; done: (rules: Rule[]) => void; cancel: () => void }

/** A rule, what explains it, and both in as many languages as the team speaks. */
export function RuleForm({ rule, done, cancel }: Props) {
  const [words, setWords] = useState<Said>({ text: rule?.text ?? '', hint: rule?.hint ?? '' })
  const [others, setOthers] = useState<[string, Said][]>(Object.entries(rule?.translations ?? {}))
  const [fault, setFault] = useState('')
  const [isSaving, setSaving] = useState(false)
  const send = async () => {
    if (isSaving) return
    setSaving(true)
    const body = { ...words, translations: Object.fromEntries(others) }
    try {
      done(
        await (rule ? request<Rule[]>('PUT', `${PATH}/${rule.id}`, { body }) : request<Rule[]>('POST', PATH, { body })),
      )
    } catch (error) {
      setFault(explain(error))
    }
    setSaving(false)
  }
  return (
    <form
      class="role-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Words words={words} write={setWords} />
      {others.map(([tag, said]) => (
        <Translation
          key={tag}
          tag={tag}
          said={said}
          write={(one) => setOthers(others.map((other) => (other[0] === tag ? [tag, one] : other)))}
          remove={() => setOthers(others.filter(([other]) => other !== tag))}
        />
      ))}
      <AddTongue
        taken={others.map(([tag]) => tag)}
        add={(tag) => setOthers([...others, [tag, { text: '', hint: '' }]])}
      />
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <p class="role-acts">
        <button class="button button-primary" type="submit" aria-busy={isSaving}>
          {t('houseRules.save', 'Save')}
        </button>
        <button class="button button-outline" type="button" onClick={cancel}>
          {t('houseRules.cancel', 'Cancel')}
        </button>
      </p>
    </form>
  )
}

const nameOf = (tag: string) => new Intl.DisplayNames(language(), { type: 'language' }).of(tag) ?? tag

function Words({ words, write, tag }: { words: Said; write: (words: Said) => void; tag?: string }) {
  return (
    <>
      <label class="field">
        <span class="field-head">{t('houseRules.text', 'The rule')}</span>
        <span class="input">
          <input
            required
            maxLength={300}
            dir="auto"
            lang={tag}
            value={words.text}
            onInput={(event) => write({ ...words, text: event.currentTarget.value })}
          />
        </span>
      </label>
      <label class="field">
        <span class="field-head">{t('houseRules.hint', 'What it means, if that is not plain')}</span>
        <textarea
          rows={2}
          maxLength={1000}
          dir="auto"
          lang={tag}
          value={words.hint}
          onInput={(event) => write({ ...words, hint: event.currentTarget.value })}
        />
      </label>
    </>
  )
}

type TranslationProps = { tag: string; said: Said; write: (said: Said) => void; remove: () => void }

function Translation({ tag, said, write, remove }: TranslationProps) {
  return (
    <fieldset class="rule-tongue">
      <legend>{nameOf(tag)}</legend>
      <Words words={said} write={write} tag={tag} />
      <button class="button button-outline button-small" type="button" onClick={remove}>
        {t('houseRules.removeTongue', 'Without {language}', { language: nameOf(tag) })}
      </button>
    </fieldset>
  )
}

function AddTongue({ taken, add }: { taken: readonly string[]; add: (tag: string) => void }) {
  const free = TONGUES.filter((tag) => !taken.includes(tag))
  return (
    <label class="rule-add-tongue">
      <span>{t('houseRules.addTongue', 'Say it in another language')}</span>
      <span class="select">
        <select
          value=""
          onChange={(event) => {
            const tag = event.currentTarget.value
            event.currentTarget.value = ''
            if (tag) add(tag)
          }}
        >
          <option value="">{t('houseRules.choose', 'Choose')}</option>
          {free.map((tag) => (
            <option key={tag} value={tag}>
              {nameOf(tag)}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </label>
  )
}
