import { ColumnHead } from '../../app/column.tsx'
import { reading } from '../../app/reading.ts'
import { t } from '../../i18n/words.ts'
import { DataSaver } from './data-saver.tsx'
import { ChoiceRow, Group, SwitchRow } from './rows.tsx'
import { saveSettings } from './save.ts'
import { WarningRules } from './warning-rules.tsx'

/** What is opened and covered by itself. */
export function ReadingPage() {
  const { expandWarnings, media } = reading.value
  return (
    <>
      <ColumnHead title={t('settings.reading', 'Reading')} back />
      <p class="meta settings-note">{t('settings.follows', 'Follows you to every device you sign in on.')}</p>
      <Group id="posts-caption" title={t('settings.readingCaption', 'Posts')}>
        <SwitchRow
          id="expand-warnings"
          label={t('settings.expandWarnings', 'Open posts behind a warning')}
          help={t('settings.expandWarningsHelp', 'The warning still stands above them.')}
          isOn={expandWarnings}
          choose={(isOn) => void saveSettings({ expandWarnings: isOn })}
        />
        <ChoiceRow
          id="media"
          label={t('settings.media', 'Pictures')}
          help={t('settings.mediaHelp', 'Your filters cover pictures in any case.')}
          value={media}
          choices={[
            ['default', t('settings.mediaDefault', 'Cover what is sensitive')],
            ['show_all', t('settings.mediaShow', 'Show all')],
            ['hide_all', t('settings.mediaHide', 'Cover all')],
          ]}
          choose={(value) => void saveSettings({ media: value })}
        />
      </Group>
      <WarningRules />
      <DataSaver />
      <NumbersAndTimes />
    </>
  )
}

function NumbersAndTimes() {
  const { counts, times } = reading.value
  return (
    <Group id="quiet-caption" title={t('settings.quietCaption', 'Numbers and times')}>
      <ChoiceRow
        id="counts"
        label={t('settings.counts', 'Counts')}
        help={t('settings.countsHelp', 'Replies, boosts and favourites of other people’s posts.')}
        value={counts}
        choices={[
          ['show', t('settings.countsShow', 'Show')],
          ['hide', t('settings.countsHide', 'Hide')],
        ]}
        choose={(value) => void saveSettings({ counts: value })}
      />
      <ChoiceRow
        id="times"
        label={t('settings.times', 'Times')}
        value={times}
        choices={[
          ['relative', t('settings.timesRelative', 'How long ago')],
          ['absolute', t('settings.timesAbsolute', 'Day and hour')],
        ]}
        choose={(value) => void saveSettings({ times: value })}
      />
    </Group>
  )
}
