import type { Tag } from '@hamlet/contract/search'
import { useEffect, useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { TimelinePage } from '../timelines/timeline-page.tsx'
import { FollowTagButton } from './follow-tag-button.tsx'
import { Spark } from './spark.tsx'
import { todayWords, usesOf, weekWords } from './tag-words.ts'

/** Public posts with a hashtag, how much it is used, and the button that brings it home. */
export function TagPage({ name }: { name: string }) {
  const [tag, setTag] = useState<Tag | undefined>(undefined)
  const [isUnknown, setUnknown] = useState(false)
  useEffect(() => {
    // Without these figures the posts are there all the same.
    request<Tag>('GET', `/api/v1/tags/${encodeURIComponent(name)}`)
      .then(setTag)
      .catch(() => setUnknown(true))
  }, [name])
  return (
    <TimelinePage
      title={`#${tag?.name ?? name}`}
      back
      path={`/api/v1/timelines/tag/${encodeURIComponent(name)}`}
      stream={{ stream: 'hashtag', tag: name }}
      above={<TagHead tag={tag} isBusy={!isUnknown} changed={setTag} />}
      empty={{
        title: t('tags.empty', 'Nothing with this hashtag'),
        text: t('tags.emptyText', 'When somebody uses it in a public post, it appears here.'),
      }}
    />
  )
}

type HeadProps = { tag: Tag | undefined; isBusy: boolean; changed: (tag: Tag) => void }

/** There from the beginning at its full height, so that the posts below do not move. */
function TagHead({ tag, isBusy, changed }: HeadProps) {
  if (!tag) return <div class="tag-head" aria-busy={isBusy} />
  const today = todayWords(tag)
  return (
    <div class="tag-head">
      <Spark days={usesOf(tag)} />
      <p>
        {weekWords(tag)}
        {today && <small>{today}</small>}
      </p>
      <FollowTagButton tag={tag} changed={changed} />
    </div>
  )
}
