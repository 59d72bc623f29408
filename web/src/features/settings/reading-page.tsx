import { ColumnHead } from '../../app/column.tsx'
import { reading } from '../../app/reading.ts'
import { t } from '../../i18n/words.ts'
import { ChoiceRow, Group, SwitchRow } from './rows.tsx'
import { saveSettings } from './save.ts'

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
    </>
  )
}
