import { ColumnHead } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { ImportGroup } from '../archives/import-group.tsx'
import { PostsGroup } from '../archives/posts-group.tsx'
import { TakeoutGroup } from '../archives/takeout-group.tsx'
import { Group } from './rows.tsx'

function files(): [string, string][] {
  return [
    ['follows', t('settings.people', 'People you follow')],
    ['lists', t('settings.lists', 'Your lists, with who is in them')],
    ['mutes', t('settings.mutes', 'People you muted')],
    ['blocks', t('settings.blocks', 'People you blocked')],
    ['domain_blocks', t('settings.domainBlocks', 'Servers you blocked')],
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
          <FileRow key={name} file={`${name}.csv`} words={words} />
        ))}
        <FileRow file="custom_filters.json" words={t('settings.filtersFile', 'Your filters')} />
      </Group>
      <Group
        id="posts-download"
        title={t('settings.postsDownload', 'Download your posts')}
        note={t(
          'settings.postsDownloadNote',
          'Everything you wrote and boosted, whomever it was for, with the addresses of your pictures. ActivityStreams, as in an archive of Mastodon.',
        )}
      >
        <FileRow file="outbox.json" words={t('settings.posts', 'Your posts')} />
      </Group>
      {!me.value.moved && <ImportGroup />}
      {!me.value.moved && <PostsGroup />}
      <TakeoutGroup />
    </>
  )
}

function FileRow({ file, words }: { file: string; words: string }) {
  return (
    <div class="wish">
      <strong>{words}</strong>
      <a
        class="button button-outline"
        href={`/api/hamlet/v1/exports/${file}`}
        download={file}
        aria-label={t('settings.downloadOf', 'Download: {what}', { what: words })}
      >
        <Icon name="download" small />
        {t('settings.download', 'Download')}
      </a>
    </div>
  )
}
