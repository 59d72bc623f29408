import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { openPicture, pathOfPicture } from '../media-viewer/state.ts'
import { pathOf } from '../statuses/acts.ts'

type Tile = { status: Status; media: MediaAttachment; index: number }

/** The pictures of posts, newest first. */
export function tilesOf(statuses: readonly Status[]): Tile[] {
  return statuses.flatMap((status) => status.media_attachments.map((media, index) => ({ status, media, index })))
}

/** Pictures as a grid: a press shows one whole. What its author hides is not shown here, and leads to its post. */
export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  return (
    <div class="media-tiles">
      {tiles.map(({ status, media, index }) =>
        status.sensitive || !media.preview_url ? (
          <a key={media.id} href={pathOf(status)} class="media-tile is-hidden">
            <Icon name="warning" />
            <span class="visually-hidden">{t('profiles.hiddenPicture', 'A picture that its author hides')}</span>
          </a>
        ) : (
          <a
            key={media.id}
            href={pathOfPicture(pathOf(status), index)}
            onClick={(event) => openPicture(event, status, index)}
            class="media-tile"
            title={media.description ?? undefined}
          >
            <img
              src={media.preview_url}
              alt={media.description ?? t('profiles.picture', 'A picture without a description')}
              loading="lazy"
            />
          </a>
        ),
      )}
    </div>
  )
}
