import { useEffect } from 'preact/hooks'
import { letterOf } from '../../../app/keys.ts'
import { reading } from '../../../app/reading.ts'
import { t } from '../../../i18n/words.ts'
import { Dialog } from '../../../ui/dialog.tsx'

export type KeyAct = { keys: readonly string[]; shown: string; words: string; run: () => void }

/** Keys of a page of the team, heard before those of the whole app. Fields, dialogs and menus keep theirs. */
export function usePageKeys(acts: readonly KeyAct[]): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : document.body
      const isElsewhere = target.closest('dialog, [role=menu], input:not([type=checkbox]), textarea, select') !== null
      if (isElsewhere || document.querySelector('dialog[open]') || event.isComposing || event.defaultPrevented) return
      if (!reading.value.singleKeys || event.ctrlKey || event.metaKey || event.altKey) return
      const letter = letterOf(event)
      // Enter on a link or a button is theirs.
      if (letter === 'Enter' && target.closest('a, button')) return
      const act = acts.find((one) => one.keys.includes(letter))
      if (!act || (event.repeat && !['j', 'k'].includes(letter))) return
      event.preventDefault()
      event.stopImmediatePropagation()
      act.run()
    }
    addEventListener('keydown', press, { capture: true })
    return () => removeEventListener('keydown', press, { capture: true })
  })
}

const rows = () => [...document.querySelectorAll<HTMLElement>('.queue-row')]
export const focusedRow = (): HTMLElement | undefined =>
  document.activeElement?.closest<HTMLElement>('.queue-row') ?? undefined

/** Goes to the next row, or the one before. */
export function stepRow(by: number): void {
  const all = rows()
  const focused = focusedRow()
  const at = focused ? all.indexOf(focused) : by > 0 ? -1 : all.length
  const row = all[Math.max(0, Math.min(at + by, all.length - 1))]
  row?.querySelector<HTMLElement>('.queue-open')?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

/** The keys that are used most, in a row at the bottom (picture 13a). */
export function KeyRow({ acts, more }: { acts: readonly KeyAct[]; more: () => void }) {
  if (!reading.value.singleKeys) return null
  return (
    <footer class="key-row">
      {acts.map((act) => (
        <span key={act.words}>
          {act.shown.split(' ').map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}{' '}
          {act.words}
        </span>
      ))}
      <button class="link-button" type="button" onClick={more}>
        <kbd>?</kbd> {t('cases.allKeys', 'all keys')}
      </button>
    </footer>
  )
}

export function KeyHelp({ acts, close }: { acts: readonly KeyAct[]; close: () => void }) {
  const title = t('cases.keys', 'Keys of this page')
  return (
    <Dialog label={title} class="key-help" onClose={close}>
      <h2>{title}</h2>
      <dl>
        {acts.map((act) => (
          <div key={act.words}>
            <dt>
              {act.shown.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{act.words}</dd>
          </div>
        ))}
      </dl>
      <p class="dialog-answers">
        <button class="button button-primary" type="button" onClick={close}>
          {t('cases.close', 'Close')}
        </button>
      </p>
    </Dialog>
  )
}
