import { t } from '../../i18n/words.ts'
import { useState } from 'preact/hooks'

export type Picture = {
  id: string
  type: string
  url: string | null
  preview_url: string | null
  description: string | null
  meta?: { original?: { width?: number; height?: number }; focus?: { x: number; y: number } } | null
}

/** Where the crop looks: Mastodon's focal point (-1 … 1) as a percentage. */
function focusOf(picture: Picture): string {
  const { x = 0, y = 0 } = picture.meta?.focus ?? {}
  return `${Math.round((x / 2 + 0.5) * 100)}% ${Math.round((-y / 2 + 0.5) * 100)}%`
}

type PicturesProps = { pictures: Picture[]; isSensitive: boolean; isWaiting?: boolean }

/** Up to four pictures; what is marked sensitive, or would cost data, stays covered until it is asked for. */
export function Pictures({ pictures, isSensitive, isWaiting = false }: PicturesProps) {
  const [isShown, setShown] = useState(!isSensitive && !isWaiting)
  if (pictures.length === 0) return null
  if (!isShown)
    return (
      <button class="cover-note" type="button" onClick={() => setShown(true)}>
        <strong>
          {isSensitive
            ? t('statuses.sensitive', '{n, plural, one {A picture} other {# pictures}} you may not want to see', {
                n: pictures.length,
              })
            : t('statuses.waiting', '{n, plural, one {A picture} other {# pictures}} not loaded, to save data', {
                n: pictures.length,
              })}
        </strong>
        {!isSensitive && describe(pictures)}
        {isSensitive ? t('statuses.show', 'Show') : t('statuses.load', 'Load')}
      </button>
    )
  return (
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
}

/** What the pictures show, for whoever decides whether to load them. */
function describe(pictures: readonly Picture[]) {
  const words = pictures.map((one) => one.description).filter(Boolean)
  return words.length > 0 ? <span dir="auto">{words.join(' · ')}</span> : null
}

/** What has no preview is no picture: a film or a sound at its own server, opened there. */
function FileLink({ file }: { file: Picture }) {
  return (
    <p>
      <a href={file.url ?? ''} target="_blank" rel="noopener noreferrer">
        {file.description ?? t('statuses.openFile', 'Open the attached file')}
      </a>
    </p>
  )
}

function PictureBox({ picture, isAlone }: { picture: Picture; isAlone: boolean }) {
  const { width, height } = picture.meta?.original ?? {}
  const ratio = isAlone && width && height ? Math.min(Math.max(width / height, 0.8), 2.4) : undefined
  return (
    <figure class="picture" style={ratio ? { aspectRatio: String(ratio) } : undefined}>
      <a
        href={picture.url ?? ''}
        target="_blank"
        rel="noopener"
        aria-label={picture.description ? undefined : t('statuses.openPicture', 'Open the picture')}
      >
        <img
          src={picture.preview_url ?? picture.url ?? ''}
          alt={picture.description ?? ''}
          loading="lazy"
          style={{ objectPosition: focusOf(picture) }}
        />
      </a>
      {picture.description && (
        <details class="alt">
          <summary>{t('statuses.alt', 'ALT')}</summary>
          <p dir="auto">{picture.description}</p>
        </details>
      )}
    </figure>
  )
}
