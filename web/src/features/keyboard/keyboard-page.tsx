import { ColumnHead } from '../../app/column.tsx'
import { reading } from '../../app/reading.ts'
import { t } from '../../i18n/words.ts'
import { ChoiceRow, SwitchRow } from '../settings/rows.tsx'
import { saveSettings } from '../settings/save.ts'
import { areChanged, resetAllKeys } from './change-keys.ts'
import { KeyList } from './key-list.tsx'

/** The list of keys as a page of its own, with an address, where they are changed and silenced (web-spec I-16). */
export function KeyboardPage() {
  return (
    <>
      <ColumnHead title={t('keyboard.title', 'Keyboard')} back />
      <div class="keys-page">
        <Wishes />
        <p class="meta keys-note" id="keys-list" tabIndex={-1}>
          {t(
            'keyboard.help',
            'The pencil gives something another key, or two that are pressed one after the other. Keys with Ctrl are the browser’s.',
          )}
          {areChanged() && (
            <button class="button button-outline button-small" type="button" onClick={resetAllKeys}>
              {t('keyboard.resetAll', 'All as usual')}
            </button>
          )}
        </p>
        <KeyList canChange />
      </div>
    </>
  )
}

function Wishes() {
  const { singleKeys, spoken } = reading.value
  return (
    <div class="sheet">
      <SwitchRow
        id="single-keys"
        label={t('keyboard.single', 'Keys without Ctrl')}
        help={t('keyboard.singleOff', 'Off, letters by themselves do nothing.')}
        isOn={singleKeys}
        choose={(isOn) => void saveSettings({ singleKeys: isOn })}
      />
      <ChoiceRow
        id="spoken"
        label={t('keyboard.spoken', 'What is said of a post')}
        help={t(
          'keyboard.spokenHelp',
          'By a screen reader, when a post takes the focus. Short: who, and the first words. All: every word, descriptions and counts.',
        )}
        value={spoken}
        choices={[
          ['short', t('keyboard.spokenShort', 'Short')],
          ['normal', t('keyboard.spokenNormal', 'Normal')],
          ['full', t('keyboard.spokenFull', 'All')],
        ]}
        choose={(value) => void saveSettings({ spoken: value })}
      />
    </div>
  )
}
