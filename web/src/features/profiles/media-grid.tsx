import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { pathOf } from '../statuses/acts.ts'

type Tile = { status: Status; media: MediaAttachment }

/** The pictures of posts, newest first. */
export function tilesOf(statuses: readonly Status[]): Tile[] {
  return statuses.flatMap((status) => status.media_attachments.map((media) => ({ status, media })))
}

/** Pictures as a grid: each leads to its post. What its author hides is not shown here. */
export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <div class="media-tiles">
      {tiles.map(({ status, media }) => (
        <a
          key={media.id}
          href={pathOf(status)}
          class={status.sensitive ? 'media-tile is-hidden' : 'media-tile'}
          title={media.description ?? undefined}
        >
          {status.sensitive || !media.preview_url ? (
            <>
              <Icon name="warning" />
              <span class="visually-hidden">{t('profiles.hiddenPicture', 'A picture that its author hides')}</span>
            </>
          ) : (
            <img
              src={media.preview_url}
              alt={media.description ?? t('profiles.picture', 'A picture without a description')}
              loading="lazy"
            />
          )}
        </a>
      ))}
    </div>
  )
}
