import type { Account } from '@hamlet/contract/account'
import { useEffect, useRef, useState } from 'preact/hooks'
import { explain } from '../../api/request.ts'
import { relationshipOf } from '../../api/store.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { saveNote } from './acts.ts'

const PAUSE_MS = 800
/** mastodon-api 1.4. */
const LONGEST = 2000

/** What one wants to remember of somebody: kept while one writes, and seen by nobody else. */
export function PrivateNote({ account }: { account: Account }) {
  const known = relationshipOf(account.id).value
  const [text, setText] = useState<string | undefined>(undefined)
  const [state, setState] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const pending = useRef<string | undefined>(undefined)
  const save = async () => {
    clearTimeout(timer.current)
    const comment = pending.current
    if (comment === undefined) return
    pending.current = undefined
    try {
      await saveNote(account, comment)
      setState(t('profiles.noteKept', 'Kept'))
    } catch (error) {
      setState(explain(error))
    }
  }
  // What was typed last is kept also when one goes elsewhere at once.
  useEffect(() => () => void save(), [account.id])
  if (!known) return null
  return (
    <section class="person-note">
      <header>
        <h2>{t('profiles.note', 'Your note')}</h2>
        <output class="meta">{state || t('profiles.noteOnly', 'Only you see this')}</output>
      </header>
      <textarea
        rows={3}
        dir="auto"
        maxLength={LONGEST}
        aria-label={t('profiles.noteAbout', 'Your note about {name}, which only you see', { name: nameOf(account) })}
        placeholder={t('profiles.noteHint', 'Where you met, what to ask')}
        value={text ?? known.note}
        onInput={(event) => {
          setText(event.currentTarget.value)
          pending.current = event.currentTarget.value
          setState(t('profiles.noteSaving', 'Keeping'))
          clearTimeout(timer.current)
          timer.current = setTimeout(() => void save(), PAUSE_MS)
        }}
        onBlur={() => void save()}
      />
    </section>
  )
}
