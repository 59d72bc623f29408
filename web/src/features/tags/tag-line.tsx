import type { Tag } from '@hamlet/contract/search'
import { FollowTagButton } from './follow-tag-button.tsx'
import { Spark } from './spark.tsx'
import { tagPath, usesOf, weekWords } from './tag-words.ts'

/** A hashtag with how much it is used, in words and as a line. */
export function TagLine({ tag, changed }: { tag: Tag; changed?: (tag: Tag) => void }) {
  return (
    <div class="tag-line">
      <a href={tagPath(tag)}>
        <strong>
          <bdi>#{tag.name}</bdi>
        </strong>
        <small>{weekWords(tag)}</small>
      </a>
      <Spark days={usesOf(tag)} />
      {changed && <FollowTagButton tag={tag} changed={changed} />}
    </div>
  )
}
