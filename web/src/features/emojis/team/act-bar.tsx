import type { EmojiAct, EmojiOutcome, TeamEmoji } from '@hamlet/contract/emoji'
import { useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toast } from '../../../ui/toast.tsx'
import { API, type Filter } from './api.ts'

type Change = (next: (items: TeamEmoji[]) => TeamEmoji[]) => void
type BarProps = {
  origin: Filter['origin']
  chosen: readonly TeamEmoji[]
  isAll: boolean
  chooseAll: (isOn: boolean) => void
  change: Change
}
type Send = (act: EmojiAct, category?: string) => Promise<void>

const acts = (): Record<Filter['origin'], [EmojiAct, string][]> => ({
  local: [
    ['list', t('emojiTeam.list', 'Offer')],
    ['unlist', t('emojiTeam.unlist', 'Do not offer')],
    ['enable', t('emojiTeam.enable', 'Enable')],
    ['disable', t('emojiTeam.disable', 'Disable')],
  ],
  remote: [
    ['copy', t('emojiTeam.copy', 'Copy here')],
    ['enable', t('emojiTeam.enable', 'Enable')],
    ['disable', t('emojiTeam.disable', 'Disable')],
  ],
})

/** What can be done with the chosen ones. It always stands there, so that choosing moves nothing. */
export function ActBar({ origin, chosen, isAll, chooseAll, change }: BarProps) {
  const [isBusy, setBusy] = useState(false)
  const [asks, setAsks] = useState<'sort' | 'delete' | undefined>(undefined)
  const [problems, setProblems] = useState<EmojiOutcome[]>([])
  const send: Send = async (act, category) => {
    if (isBusy) return
    setBusy(true)
    setAsks(undefined)
    const body = { act, ids: chosen.map(({ id }) => id), ...(category === undefined ? {} : { category }) }
    try {
      const outcomes = await request<EmojiOutcome[]>('POST', `${API}/acts`, { body })
      const done = new Set(outcomes.filter(({ problem }) => problem === null).map(({ id }) => id))
      setProblems(outcomes.filter(({ problem }) => problem !== null))
      toast(
        t('emojiTeam.done', '{n, plural, =0 {Nothing changed} one {# emoji changed} other {# emoji changed}}', {
          n: done.size,
        }),
      )
      change((items) => items.flatMap((item) => (done.has(item.id) ? applied(item, act, category) : [item])))
    } catch (error) {
      toast(explain(error))
    }
    setBusy(false)
  }
  const isNone = chosen.length === 0
  return (
    <div class="emoji-bar">
      <label class="check">
        <input type="checkbox" checked={isAll} onChange={(event) => chooseAll(event.currentTarget.checked)} />
        <span>
          {t('emojiTeam.chosen', '{n, plural, =0 {Choose all} one {# chosen} other {# chosen}}', { n: chosen.length })}
        </span>
      </label>
      {acts()[origin].map(([act, words]) => (
        <Small key={act} words={words} isOff={isNone} run={() => void send(act)} />
      ))}
      {origin === 'local' && (
        <>
          <Small words={t('emojiTeam.sort', 'Category…')} isOff={isNone} run={() => setAsks('sort')} />
          <Small words={t('emojiTeam.delete', 'Delete…')} isOff={isNone} run={() => setAsks('delete')} />
        </>
      )}
      {asks === 'sort' && <AskCategory close={() => setAsks(undefined)} send={send} />}
      {asks === 'delete' && <AskDelete n={chosen.length} close={() => setAsks(undefined)} send={send} />}
      {problems.length > 0 && <Problems problems={problems} close={() => setProblems([])} />}
    </div>
  )
}

function applied(item: TeamEmoji, act: EmojiAct, category: string | undefined): TeamEmoji[] {
  if (act === 'delete') return []
  if (act === 'copy') return [{ ...item, is_here: true }]
  if (act === 'sort') return [{ ...item, category: category?.trim() || null }]
  if (act === 'list' || act === 'unlist') return [{ ...item, visible_in_picker: act === 'list' }]
  return [{ ...item, disabled: act === 'disable' }]
}

function Small({ words, isOff, run }: { words: string; isOff: boolean; run: () => void }) {
  return (
    <button class="button button-outline button-small" type="button" disabled={isOff} onClick={run}>
      {words}
    </button>
  )
}

function AskCategory({ close, send }: { close: () => void; send: Send }) {
  const words = t('emojiTeam.sortAsk', 'Under which heading?')
  return (
    <Dialog label={words} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const name = new FormData(event.currentTarget).get('category')
          void send('sort', typeof name === 'string' ? name : '')
        }}
      >
        <h2>{words}</h2>
        <label class="field">
          <span class="field-head">{t('emojiTeam.category', 'Category')}</span>
          <span class="input">
            <input name="category" maxLength={100} autocomplete="off" list="emoji-categories" />
          </span>
        </label>
        <p class="emoji-asks">
          <button class="button button-outline" type="button" onClick={close}>
            {t('emojiTeam.cancel', 'Leave as it is')}
          </button>
          <button class="button button-primary" type="submit">
            {t('emojiTeam.sortSend', 'Put there')}
          </button>
        </p>
      </form>
    </Dialog>
  )
}

function AskDelete({ n, close, send }: { n: number; close: () => void; send: Send }) {
  const words = t('emojiTeam.deleteAsk', '{n, plural, one {Delete this emoji?} other {Delete # emoji?}}', { n })
  return (
    <Dialog label={words} onClose={close}>
      <h2>{words}</h2>
      <p>{t('emojiTeam.deleteText', 'Where they stand in posts, their names are shown. They do not come back.')}</p>
      <p class="emoji-asks">
        <button class="button button-outline" type="button" onClick={close}>
          {t('emojiTeam.keep', 'Keep')}
        </button>
        <button class="button button-danger" type="button" onClick={() => void send('delete')}>
          {t('emojiTeam.deleteNow', 'Delete')}
        </button>
      </p>
    </Dialog>
  )
}

function Problems({ problems, close }: { problems: readonly EmojiOutcome[]; close: () => void }) {
  const words = t('emojiTeam.problems', 'What could not be done')
  return (
    <Dialog label={words} onClose={close}>
      <h2>{words}</h2>
      <ul class="emoji-problems">
        {problems.map(({ id, shortcode, problem }) => (
          <li key={id}>
            <strong dir="ltr">:{shortcode}:</strong> {problem}
          </li>
        ))}
      </ul>
      <p class="emoji-asks">
        <button class="button button-primary" type="button" onClick={close}>
          {t('emojiTeam.close', 'Close')}
        </button>
      </p>
    </Dialog>
  )
}
