import { Fragment } from 'preact'
import { hasSingleKeys, setSingleKeys } from '../../app/keys.ts'
import { t } from '../../i18n/words.ts'
import { SwitchRow } from '../settings/rows.tsx'
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

function Line({ says, ways }: KeyLine) {
  return (
    <div class="key-line">
      <dt>
        {ways.map((keys, index) => (
          <Fragment key={keys.join(' ')}>
            {index > 0 && <span class="meta">{t('keyboard.or', 'or')}</span>}
            <Caps keys={keys} />
          </Fragment>
        ))}
      </dt>
      <dd>{says}</dd>
    </div>
  )
}

/** All keys, from the table that the app listens by, and the switch that silences the single ones. */
export function KeyList() {
  return (
    <>
      <div class="sheet">
        <SwitchRow
          id="single-keys"
          label={t('keyboard.single', 'Keys without Ctrl')}
          help={t('keyboard.singleHelp', 'Off, letters by themselves do nothing. For this browser alone.')}
          isOn={hasSingleKeys.value}
          choose={setSingleKeys}
        />
      </div>
      <div class="key-groups">
        {keyGroups().map(({ group, title, lines }) => (
          <section key={group} aria-labelledby={`keys-${group}`}>
            <h2 id={`keys-${group}`}>{title}</h2>
            <dl class="sheet">
              {lines.map((line) => (
                <Line key={line.name} {...line} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  )
}
