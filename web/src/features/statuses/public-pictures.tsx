import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'

/**
 * The pictures of a post on public pages, without a script: what is marked sensitive stays folded, each description
 * is a disclosure beside its picture and the picture's own alternative text. `isRoot`: the post is the subject of its
 * page; what its pictures show is then told below them.
 */
export function PublicPictures({ status, isRoot = false }: { status: Status; isRoot?: boolean }) {
  const pictures = status.media_attachments.filter((one) => one.url !== null)
  if (pictures.length === 0) return null
  const grid = (
    <div class={`pictures pictures-${Math.min(pictures.length, 4)}`}>
      {pictures.map((picture) =>
        picture.preview_url === null ? (
          <FileLink key={picture.id} file={picture} />
        ) : (
          <PictureBox key={picture.id} picture={picture} isAlone={pictures.length === 1} isTold={isRoot} />
        ),
      )}
    </div>
  )
  const whole = isRoot ? (
    <>
      {grid}
      <Descriptions pictures={pictures} />
    </>
  ) : (
    grid
  )
  // Behind a warning the whole post is folded already.
  if (!status.sensitive || status.spoiler_text !== '') return whole
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
      {whole}
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

/** What the pictures show, in the order of the pictures; open, since whoever opened this page wants all of it. */
function Descriptions({ pictures }: { pictures: MediaAttachment[] }) {
  const told = pictures.filter((one) => one.description && one.preview_url !== null)
  if (told.length === 0) return null
  return (
    <details class="told" open>
      <summary>
        {t('public.descriptions', '{n, plural, one {Picture description} other {Picture descriptions}}', {
          n: told.length,
        })}
      </summary>
      {told.map((one) => (
        <p key={one.id} dir="auto">
          {one.description}
        </p>
      ))}
    </details>
  )
}

function PictureBox({ picture, isAlone, isTold }: { picture: MediaAttachment; isAlone: boolean; isTold: boolean }) {
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
      {picture.description && !isTold && (
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
