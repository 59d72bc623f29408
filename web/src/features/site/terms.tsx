import type { TeamTerms, TeamTexts } from '@hamlet/contract/site-texts'
import { useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { sayDay } from '../../lib/say-day.ts'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'
import { useSaving, WordsField } from './words-field.tsx'

const PATH = '/api/web/admin/terms'
type Done = (now: TeamTexts) => void

/** What was published is fixed; the next version is a draft until it is. */
export function Terms({ now, done }: { now: TeamTexts; done: Done }) {
  const [isOpen, setOpen] = useState(now.draft !== null)
  return (
    <Group
      id="terms"
      title={t('texts.terms', 'Terms of service')}
      note={t(
        'texts.termsNote',
        'What was published stays readable as it was. To change something, publish another version.',
      )}
    >
      {now.terms.map((one) => (
        <Version key={one.id} terms={one} />
      ))}
      {isOpen ? (
        <Draft key={now.draft?.id ?? 'new'} now={now} done={done} close={() => setOpen(false)} />
      ) : (
        <div class="wish">
          <span class="meta">{now.terms.length === 0 && t('texts.noTerms', 'There are none.')}</span>
          <button class="button button-outline button-small" type="button" onClick={() => setOpen(true)}>
            {t('texts.next', 'Write the next version')}
          </button>
        </div>
      )}
    </Group>
  )
}

function Version({ terms: { effective_on: day, changes, told_at: toldAt } }: { terms: TeamTerms }) {
  if (day === null) return null
  return (
    <div class="wish">
      <span>
        <strong>{t('texts.from', 'From {date} on', { date: sayDay(day) })}</strong>
        {changes && <small dir="auto">{changes}</small>}
        {toldAt === null && <small>{t('texts.telling', 'Members are being told.')}</small>}
      </span>
      <a class="button button-outline button-small" href={`/terms-of-service/${day}`} target="_blank">
        {t('texts.read', 'Read')}
      </a>
    </div>
  )
}

type DraftProps = { now: TeamTexts; done: Done; close: () => void }

function Draft({ now, done, close }: DraftProps) {
  const { draft, terms } = now
  const [wish, setWish] = useState({ text: draft?.text ?? terms[0]?.text ?? '', changes: draft?.changes ?? '' })
  const { fault, isSaving, run } = useSaving()
  const keep = () =>
    run(async () => {
      done(await request<TeamTexts>('PUT', `${PATH}/draft`, { body: wish }))
      toast(t('texts.kept', 'Kept. Nobody but the team sees it yet.'))
    })
  const drop = () =>
    run(async () => {
      if (draft) done(await request<TeamTexts>('DELETE', `${PATH}/draft`))
      close()
    })
  return (
    <>
      <form
        class="settings-form site-form"
        onSubmit={(event) => {
          event.preventDefault()
          void keep()
        }}
      >
        <WordsField
          id="terms-text"
          label={t('texts.termsText', 'The next version')}
          value={wish.text}
          write={(text) => setWish({ ...wish, text })}
          isNeeded
        />
        <Changes value={wish.changes} write={(changes) => setWish({ ...wish, changes })} />
        {fault && (
          <p class="form-fault" role="alert">
            {fault}
          </p>
        )}
        <p class="role-acts">
          <button class="button button-outline" type="submit" aria-busy={isSaving}>
            {t('texts.keep', 'Keep the draft')}
          </button>
          <button class="button button-outline" type="button" onClick={() => void drop()}>
            {t('texts.drop', 'Throw it away')}
          </button>
        </p>
      </form>
      {draft && draft.text === wish.text.trim() && draft.changes === wish.changes.trim() && (
        <Publish
          members={now.members}
          done={(after) => {
            close()
            done(after)
          }}
        />
      )}
    </>
  )
}

function Changes({ value, write }: { value: string; write: (text: string) => void }) {
  return (
    <div class="field">
      <div class="field-head">
        <label for="terms-changes">{t('texts.changes', 'What is new')}</label>
      </div>
      <textarea
        id="terms-changes"
        rows={3}
        maxLength={2000}
        dir="auto"
        aria-describedby="terms-changes-help"
        value={value}
        onInput={(event) => write(event.currentTarget.value)}
      />
      <p class="meta" id="terms-changes-help">
        {t('texts.changesHelp', 'Stands in the letter and in the note that members get.')}
      </p>
    </div>
  )
}

const today = () => new Date().toISOString().slice(0, 10)

/** What was kept can be published: for which day, and how many are told, stands there before. */
function Publish({ members, done }: { members: number; done: Done }) {
  const [day, setDay] = useState(today())
  const { fault, isSaving, run } = useSaving()
  const publish = () =>
    run(async () => {
      done(await request<TeamTexts>('POST', `${PATH}/publish`, { body: { effective_on: day } }))
      toast(t('texts.published', 'Published. Members are being told.'))
    })
  return (
    <form
      class="settings-form site-form"
      onSubmit={(event) => {
        event.preventDefault()
        void publish()
      }}
    >
      <div class="field">
        <div class="field-head">
          <label for="terms-day">{t('texts.day', 'Counts from')}</label>
        </div>
        <span class="input terms-day">
          <input
            id="terms-day"
            type="date"
            required
            min={today()}
            value={day}
            aria-describedby="terms-day-help"
            onInput={(event) => setDay(event.currentTarget.value)}
          />
        </span>
        <p class="meta" id="terms-day-help">
          {t(
            'texts.toldCount',
            '{n, plural, one {# person} other {# people}} will be told, by letter and in the app. It cannot be changed after that.',
            { n: members },
          )}
        </p>
      </div>
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <button class="button button-primary" type="submit" aria-busy={isSaving}>
        {t('texts.publish', 'Publish')}
      </button>
    </form>
  )
}
