import type { Tag } from '@hamlet/contract/search'
import { useEffect, useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { TagLine } from '../tags/tag-line.tsx'

const SHOWN = 3

/** The hashtags of these days, at the side. When there are none, or they cannot be had, nothing stands there. */
export function TalkedAbout() {
  const [tags, setTags] = useState<Tag[]>([])
  useEffect(() => {
    // Where the panel is not shown, its hashtags are not asked for.
    if (!matchMedia('(width >= 1176px)').matches) return
    request<Tag[]>('GET', `/api/v1/trends/tags?limit=${SHOWN}`).then(setTags, () => undefined)
  }, [])
  if (tags.length === 0) return null
  return (
    <section aria-labelledby="talked-about">
      <h2 class="panel-title" id="talked-about">
        {t('explore.talkedAbout', 'Talked about here')}
      </h2>
      <div class="sheet">
        {tags.map((tag) => (
          <TagLine key={tag.id} tag={tag} />
        ))}
      </div>
    </section>
  )
}
