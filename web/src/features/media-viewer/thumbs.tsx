import type { MediaAttachment } from '@hamlet/contract/media'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { spoken } from './words.ts'

type ThumbsProps = { list: readonly MediaAttachment[]; index: number; goTo: (index: number) => void }

/** All of a post's pictures, small; the one that is looked at has an edge. */
export function Thumbs({ list, index, goTo }: ThumbsProps) {
  if (list.length < 2) return null
  return (
    <fieldset class="viewer-thumbs" aria-label={t('viewer.all', 'All of the post')}>
      {list.map((media, at) => (
        <button
          key={media.id}
          type="button"
          class="viewer-thumb"
          aria-current={at === index ? 'true' : undefined}
          aria-label={spoken(media, at, list.length)}
          onClick={() => goTo(at)}
        >
          {media.preview_url && (media.type === 'image' || media.preview_url !== media.url) ? (
            <img src={media.preview_url} alt="" draggable={false} />
          ) : (
            <Icon name="play" />
          )}
        </button>
      ))}
    </fieldset>
  )
}
