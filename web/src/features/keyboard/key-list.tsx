import { Fragment } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { reading } from '../../app/reading.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { isChanged } from './change-keys.ts'
import { KeyForm } from './key-form.tsx'
import { keyGroups, type KeyLine } from './key-words.ts'

/** `G` is typed with Shift; one says it as one presses it. */
function capsOf(key: string): string[] {
  return /^[A-Z]$/.test(key) ? [t('keyboard.shift', 'Shift'), key] : [key.length === 1 ? key : keyName(key)]
}

function keyName(key: string): string {
  if (key === 'PageDown') return t('keyboard.pageDown', 'Page Down')
  if (key === 'PageUp') return t('keyboard.pageUp', 'Page Up')
  if (key === 'End') return t('keyboard.endKey', 'End')
  if (key === 'Home') return t('keyboard.homeKey', 'Home')
  return key === 'Enter' ? t('keyboard.enter', 'Enter') : key
}

function Caps({ keys }: { keys: readonly string[] }) {
  return (
    <span class="key-caps">
      {keys.flatMap(capsOf).map((cap, index) => (
        <kbd key={index}>{cap}</kbd>
      ))}
    </span>
  )
}

function Ways({ ways }: { ways: readonly string[][] }) {
  if (ways.length === 0) return <span class="meta">{t('keyboard.none', 'No key')}</span>
  return (
    <>
      {ways.map((keys, index) => (
        <Fragment key={keys.join(' ')}>
          {index > 0 && <span class="meta">{t('keyboard.or', 'or')}</span>}
          <Caps keys={keys} />
        </Fragment>
      ))}
    </>
  )
}

function Line({ line: { name, says, ways }, canChange }: { line: KeyLine; canChange: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const isOurs = name === 'palette' || name === 'page' || name === 'leave'
  const done = () => {
    setOpen(false)
    requestAnimationFrame(() => button.current?.focus())
  }
  return (
    <div class="key-line">
      <dt>
        <Ways ways={ways} />
      </dt>
      <dd>
        {says}
        {!isOurs && isChanged(name) && <span class="meta"> · {t('keyboard.changed', 'changed')}</span>}
      </dd>
      {isOpen && !isOurs && (
        <dd class="key-edit">
          <KeyForm name={name} says={says} done={done} />
        </dd>
      )}
      {canChange && !isOurs && !isOpen && (
        <dd class="key-change">
          <button
            ref={button}
            class="icon-button"
            type="button"
            aria-label={t('keyboard.change', 'Change the keys: {does}', { does: says })}
            title={t('keyboard.changeShort', 'Change the keys')}
            onClick={() => setOpen(true)}
          >
            <Icon name="write" />
          </button>
        </dd>
      )}
    </div>
  )
}

/** All keys, from the table that the app listens by; on the page of keys each can be changed. */
export function KeyList({ canChange = false }: { canChange?: boolean }) {
  return (
    <>
      {!reading.value.singleKeys && (
        <p class="meta keys-off">{t('keyboard.off', 'Keys without Ctrl are off. The palette still opens.')}</p>
      )}
      <div class="key-groups">
        {keyGroups().map(({ group, title, lines }) => (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h2 id={`keys-${group}`}>{title}</h2>
            <dl class="sheet">
              {lines.map((line) => (
                <Line key={line.name} line={line} canChange={canChange} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  )
}
