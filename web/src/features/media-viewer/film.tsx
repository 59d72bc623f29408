import type { MediaAttachment } from '@hamlet/contract/media'
import { useRef, useState } from 'preact/hooks'
import { playsByItself, savesData } from '../../app/reading.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { isLooped, speed } from './player.ts'
import { isHere } from './source.ts'

type FilmProps = { media: MediaAttachment; label: string; cover: string }

/** A film or a sound in the browser's own player; one that lies elsewhere is a link, and nothing is asked there before. */
export function Film({ media, label, cover }: FilmProps) {
  const source = media.url ?? ''
  if (!isHere(media))
    return (
      <p class="viewer-fault">
        {t('viewer.elsewhere', 'This file lies at its own server.')}
        <a class="button button-outline" href={media.remote_url ?? source} target="_blank" rel="noopener noreferrer">
          {t('viewer.openThere', 'Open it there')}
        </a>
      </p>
    )
  if (media.type === 'gifv') return <Animation source={source} label={label} />
  if (media.type === 'audio')
    return (
      <div class="viewer-sound">
        <img src={media.preview_url ?? cover} alt="" />
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- the file carries what captions it has */}
        <audio
          src={source}
          controls
          preload={savesData() ? 'none' : 'metadata'}
          loop={isLooped.value}
          onLoadedMetadata={keepSpeed}
          aria-label={label}
        />
      </div>
    )
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- the file carries what captions it has
    <video
      class="viewer-film"
      src={source}
      controls
      playsInline
      preload={savesData() ? 'none' : 'metadata'}
      loop={isLooped.value}
      onLoadedMetadata={keepSpeed}
      poster={posterOf(media)}
      aria-label={label}
    />
  )
}

function keepSpeed({ currentTarget }: { currentTarget: HTMLMediaElement }): void {
  currentTarget.playbackRate = speed.peek()
}

function posterOf({ preview_url, url }: MediaAttachment): string | undefined {
  return preview_url && preview_url !== url ? preview_url : undefined
}

/** A silent film that goes round; it can be halted, and begins by itself only for readers who want that. */
function Animation({ source, label }: { source: string; label: string }) {
  const film = useRef<HTMLVideoElement>(null)
  const [isRunning, setRunning] = useState(playsByItself)
  const name = isRunning ? t('viewer.pause', 'Pause') : t('viewer.play', 'Play')
  return (
    <div class="viewer-animation">
      <video
        ref={film}
        src={source}
        autoplay={isRunning}
        preload={savesData() ? 'none' : 'metadata'}
        loop
        muted
        playsInline
        aria-label={label}
      />
      <button
        class="viewer-button"
        type="button"
        aria-label={name}
        title={name}
        onClick={() => {
          if (isRunning) film.current?.pause()
          else void film.current?.play()
          setRunning(!isRunning)
        }}
      >
        <Icon name={isRunning ? 'pause' : 'play'} />
      </button>
    </div>
  )
}
