import type { LetterBox, LetterPreview, LetterTest } from '@hamlet/contract/letter-preview'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import '../../styles/mail.css'
import { Pick } from '../measures/pick.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { API, letterLanguages, letterName } from './words.ts'

/** Every letter that goes out: looked at, added to, tried (web-spec section 8, mail tests). */
export function MailPage() {
  const { value, fault, load } = useLoaded<LetterBox>(API)
  const [kind, setKind] = useState('confirm')
  const [language, setLanguage] = useState('en')
  const [version, setVersion] = useState(0)
  const saved = async () => {
    await load()
    setVersion((before) => before + 1)
  }
  return (
    <>
      <ColumnHead title={t('mail.title', 'Mail')} />
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton rows={6} />}
        {value && (
          <>
            <Standing box={value} />
            <Words
              kind="signature"
              title={t('mail.signature', 'Under every letter')}
              text={value.signature}
              saved={() => void saved()}
            />
            <div class="gate-form">
              <div class="gate-fields">
                <Pick
                  label={t('mail.letter', 'Letter')}
                  options={value.letters.map((one) => [one.kind, letterName(one.kind)])}
                  value={kind}
                  choose={setKind}
                />
                <Pick
                  label={t('mail.language', 'Language')}
                  options={letterLanguages}
                  value={language}
                  choose={setLanguage}
                />
                <Test kind={kind} language={language} />
              </div>
            </div>
            <Preview key={version} kind={kind} language={language} />
            <Words
              key={kind}
              kind={kind}
              title={t('mail.own', 'Your own words in this letter')}
              text={value.letters.find((one) => one.kind === kind)?.text ?? ''}
              saved={() => void saved()}
            />
          </>
        )}
      </div>
    </>
  )
}

function Standing({ box: { has_server, from } }: { box: LetterBox }) {
  return (
    <p class="gate-form mail-standing">
      {has_server
        ? t('mail.hasServer', 'Letters go out from {from}.', { from })
        : t(
            'mail.noServer',
            'No mail server is set (HAMLET_SMTP_URL): letters are written to the data folder, and nobody gets them.',
          )}
    </p>
  )
}

function Test({ kind, language }: { kind: string; language: string }) {
  const [isSending, setSending] = useState(false)
  const send = async () => {
    if (isSending) return
    setSending(true)
    try {
      toast(sayOutcome(await request<LetterTest>('POST', `${API}/${kind}/test?language=${language}`)))
    } catch (error) {
      toast(explain(error))
    }
    setSending(false)
  }
  return (
    <button class="button button-outline" type="button" aria-busy={isSending} onClick={() => void send()}>
      {t('mail.test', 'Send it to me')}
    </button>
  )
}

function sayOutcome({ outcome, to, problem }: LetterTest): string {
  if (outcome === 'sent') return t('mail.sent', 'The mail server took it. It is on its way to {to}.', { to })
  if (outcome === 'written') return t('mail.written', 'It is written to the data folder, since no mail server is set.')
  return t('mail.failed', 'The mail server refused it: {problem}', { problem: problem ?? '' })
}

function Preview({ kind, language }: { kind: string; language: string }) {
  const { value, fault, load } = useLoaded<LetterPreview>(`${API}/${kind}?language=${language}`)
  return (
    <section class="gate-form mail-preview" aria-label={t('mail.preview', 'As it is read')}>
      {fault && <Fault text={fault} retry={() => void load()} />}
      <h2 dir="auto" lang={value?.language}>
        {value?.subject ?? ' '}
      </h2>
      <textarea
        readOnly
        dir="auto"
        lang={value?.language}
        aria-label={t('mail.asText', 'As text')}
        value={value?.text ?? ''}
      />
      <a
        class="button button-outline button-small"
        href={`${API}/${kind}/letter.html?language=${language}`}
        target="_blank"
        rel="noopener"
      >
        {t('mail.asHtml', 'As HTML, in a new tab')}
      </a>
    </section>
  )
}

type WordsProps = { kind: string; title: string; text: string; saved: () => void }

function Words({ kind, title, text, saved }: WordsProps) {
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const send = async (form: HTMLFormElement) => {
    if (isSending) return
    setSending(true)
    setFault('')
    try {
      await request('PUT', `${API}/${kind}`, { body: { text: new FormData(form).get('text') } })
      toast(t('mail.saved', 'Saved. It stands in letters from now on.'))
      saved()
    } catch (error) {
      setFault(explain(error))
    }
    setSending(false)
  }
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <label class="field">
        <span class="field-head">{title}</span>
        <textarea name="text" rows={3} dir="auto" maxLength={2000} defaultValue={text} />
      </label>
      {fault && (
        <p class="field-fault" role="alert">
          {fault}
        </p>
      )}
      <button class="button button-outline" type="submit" aria-busy={isSending}>
        {t('mail.save', 'Save')}
      </button>
    </form>
  )
}
