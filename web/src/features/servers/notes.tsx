import type { ServerCase } from '@hamlet/contract/server'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'

type NotesProps = { now: ServerCase; path: string; load: () => Promise<void> }

/** What the team tells each other of a server. */
export function Notes({ now, path, load }: NotesProps) {
  const [isSending, setSending] = useState(false)
  const act = async (method: 'POST' | 'DELETE', to: string, body?: { text: string }) => {
    if (isSending) return false
    setSending(true)
    try {
      await request(method, `${path}/notes${to}`, body ? { body } : {})
      await load()
      return true
    } catch (error) {
      toast(explain(error))
      return false
    } finally {
      setSending(false)
    }
  }
  const add = async (form: HTMLFormElement) => {
    const text = new FormData(form).get('text')
    if (typeof text === 'string' && text.trim() !== '' && (await act('POST', '', { text }))) form.reset()
  }
  return (
    <Group id="notes" title={t('servers.notes', 'Notes of the team')}>
      <ul class="server-list">
        {now.notes.map(({ id, author, text, created_at }) => (
          <li class="person-row" key={id}>
            <span class="queue-who">
              <span dir="auto">{text}</span>
              <span class="meta">
                {author && <span dir="ltr">@{author} · </span>}
                <Ago at={created_at} />
              </span>
            </span>
            <button
              class="icon-button"
              type="button"
              aria-label={t('servers.removeNote', 'Remove this note')}
              title={t('servers.removeNote', 'Remove this note')}
              onClick={() => void act('DELETE', `/${id}`)}
            >
              <Icon name="remove" />
            </button>
          </li>
        ))}
      </ul>
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault()
          void add(event.currentTarget)
        }}
      >
        <div class="field">
          <div class="field-head">
            <label for="note">{t('servers.note', 'Note')}</label>
          </div>
          <textarea id="note" name="text" rows={2} maxLength={2000} dir="auto" />
        </div>
        <button class="button button-outline" type="submit" aria-busy={isSending}>
          {t('servers.addNote', 'Add note')}
        </button>
      </form>
    </Group>
  )
}
