import type { Webhook } from '@hamlet/contract/webhook'
import { webhookEventNames, webhookEvents } from '@hamlet/contract/webhook-grammar'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { may } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import '../../styles/webhooks.css'
import { API, eventName, exampleHook } from './words.ts'

type FormProps = { edited: Webhook | undefined; done: () => void }

const exampleTemplate = '{"text": "{{event}}: {{object.id}}"}'

/** Sets one up, or changes one. */
export function HookForm({ edited, done }: FormProps) {
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const send = async (form: HTMLFormElement) => {
    if (isSending) return
    setSending(true)
    setFault('')
    try {
      const body = readForm(new FormData(form))
      if (edited) await request('PUT', `${API}/${edited.id}`, { body })
      else await request('POST', API, { body })
      if (!edited) form.reset()
      toast(t('webhooks.saved', 'Saved. It counts from now on.'))
      done()
    } catch (error) {
      setFault(explain(error))
    }
    setSending(false)
  }
  return (
    <form
      class="gate-form hook-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <p class="gate-lead">
        {t(
          'webhooks.lead',
          'Another program of yours is told what happens here. What it gets is signed with a secret that only you and it know.',
        )}
      </p>
      <Fields edited={edited} />
      {fault && (
        <p class="field-fault" role="alert">
          {fault}
        </p>
      )}
      <button class="button button-primary" type="submit" aria-busy={isSending}>
        {edited ? t('webhooks.save', 'Save') : t('webhooks.add', 'Set up')}
      </button>
    </form>
  )
}

function Fields({ edited }: { edited: Webhook | undefined }) {
  return (
    <>
      <label class="field">
        <span class="field-head">{t('webhooks.url', 'Address (https)')}</span>
        <span class="input">
          <input
            name="url"
            type="url"
            required
            maxLength={2000}
            placeholder={exampleHook}
            defaultValue={edited?.url ?? ''}
            autocomplete="off"
            spellcheck={false}
          />
        </span>
      </label>
      <fieldset class="hook-events">
        <legend class="field-head">{t('webhooks.events', 'Told when')}</legend>
        {webhookEventNames.map((event) => (
          <label class="check" key={event}>
            <input
              type="checkbox"
              name="events"
              value={event}
              defaultChecked={edited?.events.includes(event) ?? false}
              disabled={!may(webhookEvents[event])}
            />
            <span>{eventName(event)}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span class="field-head">{t('webhooks.template', 'In a shape of your own (JSON, optional)')}</span>
        <textarea
          name="template"
          rows={3}
          dir="ltr"
          maxLength={10_000}
          placeholder={exampleTemplate}
          spellcheck={false}
          defaultValue={edited?.template ?? ''}
        />
      </label>
    </>
  )
}

function readForm(form: FormData) {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  return { url: text('url'), events: form.getAll('events'), template: text('template') || null }
}
