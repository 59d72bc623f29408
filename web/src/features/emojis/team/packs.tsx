import type { EmojiPack } from '@hamlet/contract/emoji'
import { useEffect, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { API, PACKS } from './api.ts'

const LOOK_EVERY_MS = 1_500

/** Many at once: an archive in, or all of ours out. */
export function BringPack({ done }: { done: () => void }) {
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const send = async (form: HTMLFormElement) => {
    if (isSending) return
    setSending(true)
    setFault('')
    try {
      await request('POST', PACKS, { form: new FormData(form) })
      form.reset()
      done()
    } catch (error) {
      setFault(explain(error))
    }
    setSending(false)
  }
  return (
    <form
      class="gate-form"
      aria-label={t('emojiTeam.packs', 'Packs')}
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <div class="gate-fields">
        <label class="gate-text">
          <span class="field-head">{t('emojiTeam.packFile', 'A pack (zip or tar.gz)')}</span>
          <input name="data" type="file" required accept=".zip,.tar.gz,.tgz,application/zip,application/gzip" />
        </label>
        <label class="gate-text">
          <span class="field-head">{t('emojiTeam.packCategory', 'Category, unless it has its own')}</span>
          <span class="input">
            <input name="category" maxLength={100} autocomplete="off" list="emoji-categories" />
          </span>
        </label>
        <label class="check">
          <input type="checkbox" name="replaces" value="true" />
          <span>{t('emojiTeam.replaces', 'In place of those of the same name')}</span>
        </label>
        <button class="button button-outline" type="submit" aria-busy={isSending}>
          {t('emojiTeam.bring', 'Bring it')}
        </button>
        <a class="button button-outline" href={`${API}/pack.zip`} download>
          {t('emojiTeam.takeOut', 'Take out ours')}
        </a>
      </div>
      {fault && (
        <p class="field-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}

type PackProps = { pack: EmojiPack; again: () => void; finished: () => void }

/** How far a pack is, and what of it could not be taken. */
export function PackRow({ pack, again, finished }: PackProps) {
  const { file_name, state, total, done, added, problems } = pack
  const isRunning = state === 'running'
  const wasRunning = useRef(isRunning)
  useEffect(() => {
    if (wasRunning.current && !isRunning) finished()
    wasRunning.current = isRunning
    if (!isRunning) return
    const timer = setInterval(again, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isRunning])
  return (
    <div class="gate-row emoji-pack">
      <span class="queue-who">
        <strong dir="auto">{file_name}</strong>
        <span class="meta">
          {isRunning
            ? t('emojiTeam.packRuns', '{done, number} of {total, number} looked at', { done, total })
            : t('emojiTeam.packDone', '{added, number} of {total, number} taken', { added, total })}
        </span>
        <details>
          <summary class="meta">
            {t(
              'emojiTeam.packProblems',
              '{n, plural, =0 {None was refused} one {# was refused} other {# were refused}}',
              {
                n: done - added,
              },
            )}
          </summary>
          <ul class="emoji-problems">
            {problems.map(({ name, problem }) => (
              <li key={name}>
                <bdi>{name}</bdi>: {problem}
              </li>
            ))}
          </ul>
        </details>
      </span>
      <progress value={done} max={total} aria-label={t('emojiTeam.progress', 'How far it is')} />
    </div>
  )
}
