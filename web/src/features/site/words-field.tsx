import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Html } from '../../ui/html.tsx'
import { toast } from '../../ui/toast.tsx'

const PREVIEW = '/api/web/admin/text_preview'

/** One write at a time, and what was wrong with the last. */
export function useSaving() {
  const [fault, setFault] = useState('')
  const [isSaving, setSaving] = useState(false)
  const run = async (work: () => Promise<void>) => {
    if (isSaving) return
    setSaving(true)
    setFault('')
    try {
      await work()
    } catch (error) {
      setFault(explain(error))
    }
    setSaving(false)
  }
  return { fault, isSaving, run }
}

type Props = { id: string; label: string; value: string; write: (text: string) => void; isNeeded?: boolean }

/** A long text, written in one tab and seen in the other as visitors see it: the server draws it. */
export function WordsField({ id, label, value, write, isNeeded = false }: Props) {
  const [html, setHtml] = useState<string>()
  const look = async () => {
    try {
      setHtml((await request<{ html: string }>('POST', PREVIEW, { body: { text: value } })).html)
    } catch (error) {
      toast(explain(error))
    }
  }
  const isShown = html !== undefined
  return (
    <div class="field words-field">
      <div class="field-head words-head">
        <label for={id}>{label}</label>
        <span class="words-tabs">
          <button
            class="button button-outline button-small"
            type="button"
            aria-pressed={isShown}
            onClick={() => (isShown ? setHtml(undefined) : void look())}
          >
            {isShown ? t('texts.write', 'Write on') : t('texts.preview', 'As visitors see it')}
          </button>
        </span>
      </div>
      {isShown ? (
        <section
          class="words-seen prose text-words"
          dir="auto"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and keys must reach it
          tabIndex={0}
          aria-label={t('texts.seen', 'As visitors see it: {name}', { name: label })}
        >
          {html === '' ? <p class="meta">{t('texts.nothing', 'Nothing is written yet.')}</p> : <Html html={html} />}
        </section>
      ) : (
        <textarea
          id={id}
          class="words-written"
          maxLength={50_000}
          required={isNeeded}
          dir="auto"
          value={value}
          onInput={(event) => write(event.currentTarget.value)}
        />
      )}
    </div>
  )
}
