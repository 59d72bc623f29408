import type { TeamAnnouncement } from '@hamlet/contract/announcement'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'

export const TEAM_PATH = '/api/web/moderation/announcements'
const LONGEST = 5000

type When = 'now' | 'later' | 'draft'
type FormProps = { edited: TeamAnnouncement | undefined; done: () => void }

/** Writes one, or changes one; what it says is what everybody reads. */
export function TeamForm({ edited, done }: FormProps) {
  const [when, setWhen] = useState<When>(whenOf(edited))
  const [isAllDay, setAllDay] = useState(edited?.all_day ?? false)
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const isPublished = edited?.state === 'published'
  const send = async (form: HTMLFormElement) => {
    if (isSending) return
    setSending(true)
    setFault('')
    try {
      const body = readForm(new FormData(form), when, isAllDay)
      if (edited) await request('PUT', `${TEAM_PATH}/${edited.id}`, { body })
      else await request('POST', TEAM_PATH, { body })
      form.reset()
      toast(t('announcements.saved', 'Saved.'))
      done()
    } catch (error) {
      setFault(explain(error))
    }
    setSending(false)
  }
  return (
    <form
      class="news-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <label class="field">
        <span class="field-head">
          {edited
            ? t('announcements.changeText', 'Change what it says')
            : t('announcements.newText', 'Tell everybody here')}
        </span>
        <textarea name="text" rows={4} dir="auto" required maxLength={LONGEST} defaultValue={edited?.text ?? ''} />
      </label>
      {!isPublished && <WhenFields edited={edited} when={when} setWhen={setWhen} />}
      <SpanFields edited={edited} isAllDay={isAllDay} setAllDay={setAllDay} />
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <p class="news-acts">
        <button class="button button-primary" type="submit" aria-busy={isSending}>
          {edited ? t('announcements.save', 'Save') : submitWords(when)}
        </button>
        {edited && (
          <button class="button button-outline" type="button" onClick={done}>
            {t('announcements.cancel', 'Leave as it is')}
          </button>
        )}
      </p>
    </form>
  )
}

function submitWords(when: When): string {
  if (when === 'now') return t('announcements.publish', 'Announce')
  return when === 'later' ? t('announcements.schedule', 'Schedule') : t('announcements.keepDraft', 'Keep as a draft')
}

function whenOf(edited: TeamAnnouncement | undefined): When {
  if (!edited || edited.state === 'published') return 'now'
  return edited.state === 'scheduled' ? 'later' : 'draft'
}

type WhenProps = { edited: TeamAnnouncement | undefined; when: When; setWhen: (when: When) => void }

function WhenFields({ edited, when, setWhen }: WhenProps) {
  const choices: [When, string][] = [
    // A draft is shown by its own button, so that saving it never does.
    ...(edited ? [] : ([['now', t('announcements.whenNow', 'Now')]] as [When, string][])),
    ['later', t('announcements.whenLater', 'At an hour')],
    ['draft', t('announcements.whenDraft', 'Not yet: keep a draft')],
  ]
  return (
    <fieldset class="news-when">
      <legend class="field-head">{t('announcements.when', 'Shown')}</legend>
      {choices.map(([value, words]) => (
        <label key={value} class="check">
          <input type="radio" name="when" value={value} checked={when === value} onChange={() => setWhen(value)} />
          <span>{words}</span>
        </label>
      ))}
      {when === 'later' && (
        <Moment name="at" label={t('announcements.at', 'From')} value={edited?.scheduled_at ?? null} required />
      )}
    </fieldset>
  )
}

type SpanProps = { edited: TeamAnnouncement | undefined; isAllDay: boolean; setAllDay: (isAllDay: boolean) => void }

function SpanFields({ edited, isAllDay, setAllDay }: SpanProps) {
  return (
    <fieldset class="news-when">
      <legend class="field-head">{t('announcements.spanHead', 'When it happens, if it does at a time')}</legend>
      <Moment
        name="starts"
        label={t('announcements.starts', 'Begins')}
        value={edited?.starts_at ?? null}
        isDay={isAllDay}
      />
      <Moment
        name="ends"
        label={t('announcements.ends', 'Ends, and is taken down')}
        value={edited?.ends_at ?? null}
        isDay={isAllDay}
      />
      <label class="check">
        <input type="checkbox" checked={isAllDay} onChange={(event) => setAllDay(event.currentTarget.checked)} />
        <span>{t('announcements.allDay', 'Whole days')}</span>
      </label>
    </fieldset>
  )
}

type MomentProps = { name: string; label: string; value: string | null; isDay?: boolean; required?: boolean }

function Moment({ name, label, value, isDay = false, required = false }: MomentProps) {
  return (
    <label class="news-moment">
      <span class="meta">{label}</span>
      <span class="input">
        <input
          key={isDay ? 'day' : 'hour'}
          type={isDay ? 'date' : 'datetime-local'}
          name={name}
          required={required}
          defaultValue={value === null ? '' : asField(value, isDay)}
        />
      </span>
    </label>
  )
}

/** A moment as the browser's field writes it: its own hour; whole days are days for everybody. */
function asField(iso: string, isDay: boolean): string {
  if (isDay) return iso.slice(0, 10)
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function readForm(form: FormData, when: When, isAllDay: boolean) {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const read = (name: string, isDay = false) => {
    const value = text(name)
    if (value === '') return null
    return new Date(isDay ? `${value}T00:00Z` : value).toISOString()
  }
  return {
    text: text('text'),
    all_day: isAllDay,
    starts_at: read('starts', isAllDay),
    ends_at: read('ends', isAllDay),
    scheduled_at: when === 'later' ? read('at') : null,
    draft: when === 'draft',
  }
}
