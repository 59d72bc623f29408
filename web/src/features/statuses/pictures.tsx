import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import { useState } from 'preact/hooks'
import { guessBytes, letThrough, sizeWords, useKeptBack } from '../../app/meter.ts'
import { t } from '../../i18n/words.ts'
import { later } from '../../ui/later.tsx'
import { Icon } from '../../ui/parts.tsx'
import { openPicture, pathOfPicture } from '../media-viewer/state.ts'
import { pathOf } from './acts.ts'

const Blur = later<{ hash: string }>(() => import('../../ui/blur.tsx').then((module) => module.Blur))

/** Where the crop looks: Mastodon's focal point (-1 … 1) as a percentage. */
function focusOf({ meta }: MediaAttachment): string {
  const { x, y } = meta.focus
  return `${Math.round((x / 2 + 0.5) * 100)}% ${Math.round((-y / 2 + 0.5) * 100)}%`
}

/** The shape of a lone picture, within reason; several share a grid. */
function ratioOf([picture, ...others]: readonly MediaAttachment[]): string | undefined {
  const { width, height } = picture?.meta.original ?? {}
  return others.length === 0 && width && height ? String(Math.min(Math.max(width / height, 0.8), 2.4)) : undefined
}

type PicturesProps = { status: Status; isSensitive: boolean; isWaiting?: boolean }

/** Up to four pictures; what is marked sensitive, or would cost data, stays covered until it is asked for. */
export function Pictures({ status, isSensitive, isWaiting = false }: PicturesProps) {
  const [isShown, setShown] = useState(!isSensitive && !isWaiting)
  const pictures = status.media_attachments
  const bytes = pictures.reduce((sum, { meta, preview_url }) => sum + (preview_url ? guessBytes(meta.small) : 0), 0)
  useKeptBack(isWaiting && !isShown && bytes > 0 ? status.id : '', bytes)
  if (pictures.length === 0) return null
  if (!isShown)
    return (
      <button
        class="cover-note"
        type="button"
        style={{ aspectRatio: ratioOf(pictures) ?? '1.41' }}
        onClick={() => {
          setShown(true)
          letThrough(status.id, bytes)
        }}
      >
        {pictures[0]?.blurhash && <Blur hash={pictures[0].blurhash} />}
        <span class="cover-words">
          <Icon name="hidden" />
          <span>
            <strong>
              {isSensitive
                ? t('statuses.sensitive', '{n, plural, one {A picture} other {# pictures}} you may not want to see', {
                    n: pictures.length,
                  })
                : t('statuses.waiting', '{n, plural, one {A picture} other {# pictures}} not loaded, to save data', {
                    n: pictures.length,
                  })}
            </strong>{' '}
            {!isSensitive && describe(pictures)} <u>{showWords(isSensitive, isWaiting ? bytes : 0)}</u>
          </span>
        </span>
      </button>
    )
  return (
    <div class={`pictures pictures-${Math.min(pictures.length, 4)}`}>
      {pictures.map((picture, index) =>
        picture.preview_url === null ? (
          <FileLink key={picture.id} file={picture} />
        ) : (
          <PictureBox key={picture.id} status={status} picture={picture} index={index} />
        ),
      )}
    </div>
  )
}

/** What the pictures show, for whoever decides whether to load them. */
function describe(pictures: readonly MediaAttachment[]) {
  const words = pictures.map((one) => one.description).filter(Boolean)
  return words.length > 0 ? <span dir="auto">{words.join(' · ')}</span> : null
}

/** What has no preview is no picture: a film or a sound at its own server, opened there. */
function FileLink({ file }: { file: MediaAttachment }) {
  return (
    <p>
      <a href={file.url ?? ''} target="_blank" rel="noopener noreferrer">
        {file.description ?? t('statuses.openFile', 'Open the attached file')}
      </a>
    </p>
  )
}

type BoxProps = { status: Status; picture: MediaAttachment; index: number }

/** A picture as its place allows; a press shows it whole. */
function PictureBox({ status, picture, index }: BoxProps) {
  return (
    <figure class="picture" style={{ aspectRatio: ratioOf(status.media_attachments) }}>
      <a
        href={pathOfPicture(pathOf(status), index)}
        onClick={(event) => openPicture(event, status, index)}
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

function showWords(isSensitive: boolean, bytes: number): string {
  if (bytes > 0) return t('statuses.loadAbout', 'Load, about {size}', { size: sizeWords(bytes) })
  return isSensitive ? t('statuses.show', 'Show') : t('statuses.load', 'Load')
}
