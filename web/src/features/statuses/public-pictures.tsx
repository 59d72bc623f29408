import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'

/**
 * The pictures of a post on public pages, without a script: what is marked sensitive stays folded, each description
 * is a disclosure beside its picture and the picture's own alternative text.
 */
export function PublicPictures({ status }: { status: Status }) {
  const pictures = status.media_attachments.filter((one) => one.url !== null)
  if (pictures.length === 0) return null
  const grid = (
    <div class={`pictures pictures-${Math.min(pictures.length, 4)}`}>
      {pictures.map((picture) =>
        picture.preview_url === null ? (
          <FileLink key={picture.id} file={picture} />
        ) : (
          <PictureBox key={picture.id} picture={picture} isAlone={pictures.length === 1} />
        ),
      )}
    </div>
  )
  // Behind a warning the whole post is folded already.
  if (!status.sensitive || status.spoiler_text !== '') return grid
  return (
    <details class="warning">
      <summary>
        <Icon name="chevron" />
        {t(
          'public.sensitive',
          '{n, plural, one {A picture you may not want to see} other {Pictures you may not want to see}}',
          { n: pictures.length },
        )}
      </summary>
      {grid}
    </details>
  )
}

/** What has no preview is no picture: a film or a sound at its own server, opened there. */
function FileLink({ file }: { file: MediaAttachment }) {
  return (
    <p>
      <a href={file.url ?? ''} rel="noopener noreferrer">
        {file.description ?? t('public.openFile', 'Open the attached file')}
      </a>
    </p>
  )
}

function PictureBox({ picture, isAlone }: { picture: MediaAttachment; isAlone: boolean }) {
  const { original, focus } = picture.meta
  const address = picture.url ?? ''
  // Inline styles are forbidden on these pages: the size gives a lone picture its shape, and the crop looks at one of nine places.
  const size = isAlone && original ? { width: original.width, height: original.height } : {}
  return (
    <figure class="picture" data-x={third(focus?.x ?? 0)} data-y={third(-(focus?.y ?? 0))}>
      <a href={address} aria-label={picture.description ? undefined : t('public.openPicture', 'Open the picture')}>
        <img
          class="u-photo"
          src={isAlone ? address : (picture.preview_url ?? address)}
          alt={picture.description ?? ''}
          loading="lazy"
          {...size}
        />
      </a>
      {picture.description && (
        <details class="alt">
          <summary>
            <abbr title={t('public.altTitle', 'Description of the picture')}>{t('public.alt', 'ALT')}</abbr>
          </summary>
          <p dir="auto">{picture.description}</p>
        </details>
      )}
    </figure>
  )
}

function third(value: number): 'start' | 'end' | undefined {
  if (value < -1 / 3) return 'start'
  return value > 1 / 3 ? 'end' : undefined
}
