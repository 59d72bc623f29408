import { useMemo } from 'preact/hooks'
import { makeStatusFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { place } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { FeedList } from '../../ui/states.tsx'
import { StatusCard } from '../statuses/card.tsx'

/** Public posts that link one page: who shared it, and what they said. */
export function LinkPage() {
  const url = place.value.query.get('url') ?? ''
  const feed = useMemo(() => makeStatusFeed(`/api/v1/timelines/link?url=${encodeURIComponent(url)}`), [url])
  return (
    <>
      <ColumnHead title={t('explore.linked', 'Who shares this')} back />
      <div class="sheet column-sheet">
        <FeedList
          feed={feed}
          empty={{
            title: t('explore.noLinks', 'Nobody shares this now'),
            text: t('explore.noLinksText', 'Public posts that link this page appear here.'),
          }}
          draw={({ id }) => <StatusCard key={id} id={id} />}
        />
      </div>
    </>
  )
}
