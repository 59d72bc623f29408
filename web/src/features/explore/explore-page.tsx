import type { Tag } from '@hamlet/contract/search'
import { useMemo } from 'preact/hooks'
import { makeFeed, makeStatusFeed } from '../../api/timeline.ts'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { FeedList } from '../../ui/states.tsx'
import { SearchField } from '../search/search-field.tsx'
import { StatusCard } from '../statuses/card.tsx'
import { News } from './news.tsx'
import { Proposals } from './proposals.tsx'
import { TagLine } from '../tags/tag-line.tsx'

export type ExploreTab = 'posts' | 'tags' | 'news' | 'people'
const paths: Record<ExploreTab, string> = {
  posts: '/explore',
  tags: '/explore/tags',
  news: '/explore/news',
  people: '/explore/people',
}

/** What is talked about, and whom one might follow (web-spec 4.10; picture 12b). */
export function ExplorePage({ tab }: { tab: ExploreTab }) {
  const tabs = [
    ['posts', t('explore.posts', 'Posts')],
    ['tags', t('explore.tags', 'Hashtags')],
    ['news', t('explore.news', 'News')],
    ['people', t('explore.people', 'People')],
  ] as const
  return (
    <>
      <ColumnHead
        title={t('explore.title', 'Explore')}
        tabs={
          <Tabs
            label={t('explore.what', 'What to explore')}
            tabs={tabs}
            current={tab}
            choose={(next) => navigate(paths[next], { replace: true })}
          />
        }
      />
      <div class="explore-search">
        <SearchField />
      </div>
      <div class="sheet column-sheet">
        {tab === 'posts' && <Posts />}
        {tab === 'tags' && <Tags />}
        {tab === 'news' && <News />}
        {tab === 'people' && <Proposals />}
      </div>
    </>
  )
}

function Posts() {
  const feed = useMemo(() => makeStatusFeed('/api/v1/trends/statuses'), [])
  return (
    <FeedList
      feed={feed}
      empty={{
        title: t('explore.noPosts', 'It is quiet'),
        text: t('explore.noPostsText', 'Posts that several people boost or favourite in these days appear here.'),
      }}
      draw={({ id }) => <StatusCard key={id} id={id} />}
    />
  )
}

function Tags() {
  const feed = useMemo(() => makeFeed<Tag>('/api/v1/trends/tags?limit=20'), [])
  return (
    <FeedList
      feed={feed}
      empty={{
        icon: 'tag',
        title: t('explore.noTags', 'No hashtag stands out'),
        text: t('explore.noTagsText', 'Hashtags that several people write in public posts in these days appear here.'),
      }}
      draw={(tag) => (
        <TagLine
          key={tag.id}
          tag={tag}
          changed={(next) => (feed.items.value = feed.items.value.map((one) => (one.id === next.id ? next : one)))}
        />
      )}
    />
  )
}
