import type { Tag } from '@hamlet/contract/search'
import { useMemo } from 'preact/hooks'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { FeedList } from '../../ui/states.tsx'
import { TagLine } from './tag-line.tsx'

/** Every hashtag that one follows. One that is let go stays in its row until one leaves, so that it can be had back. */
export function FollowedTagsPage() {
  const feed = useMemo(() => makeFeed<Tag>('/api/v1/followed_tags'), [])
  const change = (tag: Tag) => {
    feed.items.value = feed.items.value.map((one) => (one.id === tag.id ? tag : one))
  }
  return (
    <>
      <ColumnHead title={t('tags.followed', 'Followed hashtags')} back />
      <div class="sheet column-sheet">
        <FeedList
          feed={feed}
          empty={{
            title: t('tags.none', 'You follow no hashtags'),
            text: (
              <>
                {t('tags.noneText', 'Public posts with a hashtag that you follow come home to you.')}{' '}
                <a href="/search">{t('tags.find', 'Find one')}</a>
              </>
            ),
          }}
          draw={(tag) => <TagLine key={tag.id} tag={tag} changed={change} />}
        />
      </div>
    </>
  )
}
