import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Group } from './rows.tsx'

function files(): [string, string][] {
  return [
    ['follows', t('settings.people', 'People you follow')],
    ['lists', t('settings.lists', 'Your lists, with who is in them')],
    ['mutes', t('settings.mutes', 'People you muted')],
    ['blocks', t('settings.blocks', 'People you blocked')],
    ['bookmarks', t('settings.bookmarks', 'Your bookmarks')],
  ]
}

/** What a person takes along: their lists as files. */
export function DataPage() {
  return (
    <>
      <ColumnHead title={t('settings.data', 'Your data')} back />
      <Group
        id="downloads"
        title={t('settings.downloads', 'Download your lists')}
        note={t('settings.downloadsNote', 'CSV files, as Mastodon and many others import them.')}
      >
        {files().map(([name, words]) => (
          <div class="wish" key={name}>
            <strong>{words}</strong>
            <a
              class="button button-outline"
              href={`/api/hamlet/v1/exports/${name}.csv`}
              download={`${name}.csv`}
              aria-label={t('settings.downloadOf', 'Download: {what}', { what: words })}
            >
              <Icon name="download" small />
              {t('settings.download', 'Download')}
            </a>
          </div>
        ))}
      </Group>
    </>
  )
}
