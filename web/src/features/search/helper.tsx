import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { insertOperator } from './draft.ts'
import { operatorHints } from './operators.ts'

/** A phrase stands between two marks, the first of which is written. */
const shown = (write: string) => (write === '"' ? '"…"' : write)

/** Every operator with what it is for; a press puts it in the field (picture 12a). */
export function OperatorList() {
  return (
    <section class="sheet operator-list" aria-labelledby="operators">
      <h2 id="operators">{t('search.operators', 'Narrow it down')}</h2>
      <ul>
        {operatorHints().map(({ write, says }) => (
          <li key={write}>
            <button type="button" onClick={() => insertOperator(write)}>
              <code>{shown(write)}</code>
              <span>{says}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The same where there is no panel, in one line that scrolls; on a phone it rides on the keyboard. */
export function OperatorChips() {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const glass = window.visualViewport
    const ride = () => {
      const covered = glass ? innerHeight - glass.height - glass.offsetTop : 0
      bar.current?.style.setProperty('--keyboard', `${Math.max(0, Math.round(covered))}px`)
    }
    for (const kind of ['resize', 'scroll']) glass?.addEventListener(kind, ride)
    return () => {
      for (const kind of ['resize', 'scroll']) glass?.removeEventListener(kind, ride)
    }
  }, [])
  return (
    <div ref={bar} class="operator-chips" role="toolbar" aria-label={t('search.operators', 'Narrow it down')}>
      {operatorHints().map(({ write, says }) => (
        <button
          key={write}
          class="chip"
          type="button"
          title={says}
          aria-label={`${shown(write)} ${says}`}
          // The field keeps the focus, and the keyboard stays.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => insertOperator(write)}
        >
          <code>{shown(write)}</code>
        </button>
      ))}
    </div>
  )
}
