import type { Account } from '@hamlet/contract/account'
import { useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { nameOf } from '../../../ui/name.tsx'
import { Avatar } from '../../../ui/parts.tsx'
import { Ago } from '../../../ui/time.tsx'
import { useLoaded } from '../use-loaded.ts'

type Note = { id: string; author: Account | null; text: string; created_at: string; own: boolean }

/** What the team says among itself about a case; nobody else reads it. */
export function CaseNotes({ reportId }: { reportId: string }) {
  const path = `/api/web/moderation/reports/${reportId}/notes`
  const { value, load } = useLoaded<Note[]>(path)
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  const act = async (run: () => Promise<unknown>) => {
    setFault('')
    try {
      await run()
      setText('')
      await load()
    } catch (error) {
      setFault(explain(error))
    }
  }
  return (
    <div class="case-notes">
      <h2 class="case-title">{t('cases.notes', 'Between us')}</h2>
      {value?.map((note) => (
        <NoteRow
          key={note.id}
          note={note}
          remove={() => void act(() => request('DELETE', `/api/web/moderation/notes/${note.id}`))}
        />
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') void act(() => request('POST', path, { body: { text } }))
        }}
      >
        <label>
          <span class="visually-hidden">{t('cases.addNote', 'Add a note')}</span>
          <textarea
            rows={2}
            dir="auto"
            maxLength={2000}
            placeholder={t('cases.addNote', 'Add a note')}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        {text.trim() !== '' && (
          <button class="button button-outline button-small" type="submit">
            {t('cases.keepNote', 'Keep the note')}
          </button>
        )}
        {fault && (
          <p class="form-fault" role="alert">
            {fault}
          </p>
        )}
      </form>
    </div>
  )
}

function NoteRow({ note, remove }: { note: Note; remove: () => void }) {
  return (
    <div class="case-note">
      <Avatar src={note.author?.avatar ?? '/avatar.svg'} size={24} />
      <p>
        <span dir="auto">{note.text}</span>
        <span class="meta">
          {note.author ? <bdi>{nameOf(note.author)}</bdi> : t('cases.somebody', 'Somebody')} ·{' '}
          <Ago at={note.created_at} />
          {note.own && (
            <>
              {' · '}
              <button class="link-button" type="button" onClick={remove}>
                {t('cases.unnote', 'Take away')}
              </button>
            </>
          )}
        </span>
      </p>
    </div>
  )
}
