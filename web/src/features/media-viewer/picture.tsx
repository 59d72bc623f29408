import type { MediaAttachment } from '@hamlet/contract/media'
import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { Blur } from '../../ui/blur.tsx'
import type { Lens } from './lens.ts'
import { sourceOf } from './source.ts'

type State = 'coming' | 'there' | 'failed'

/** A picture, whole: its blur until it is there, and then the smallest version that fills what is drawn. */
export function WholePicture({ media, lens }: { media: MediaAttachment; lens: Lens }) {
  const [state, setState] = useState<State>('coming')
  const { scale, x, y, turn } = lens.view.value
  const { width, height } = lens.drawn.value
  const { stroke } = lens
  const aside = stroke.value ?? { x: 0, y: 0 }
  const source = useLargest(sourceOf(media, lens.drawn.value, scale), media.url ?? '')
  if (state === 'failed')
    return (
      <p class="viewer-fault" role="alert">
        {t('viewer.failed', 'The picture could not be loaded.')}
        <button class="button button-outline" type="button" onClick={() => setState('coming')}>
          {t('ui.tryAgain', 'Try again')}
        </button>
      </p>
    )
  return (
    <div
      class={scale > 1 ? 'viewer-picture is-close' : 'viewer-picture'}
      style={{
        width: `${width}px`,
        height: `${height}px`,
        transform: `translate(${x + aside.x}px, ${y + aside.y}px) rotate(${turn}deg) scale(${scale})`,
        opacity: 1 - Math.min(0.6, aside.y / 400),
      }}
    >
      {state === 'coming' && media.blurhash && <Blur hash={media.blurhash} />}
      <img
        src={source}
        alt={media.description ?? ''}
        draggable={false}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
          setState('there')
          if (naturalWidth > 0) lens.learn({ width: naturalWidth, height: naturalHeight })
        }}
        onError={() => setState('failed')}
      />
    </div>
  )
}

/** Once the original was wanted it stays: going back from it would fetch for nothing. */
function useLargest(wanted: string, original: string): string {
  const wasLarge = useRef(false)
  wasLarge.current ||= wanted === original
  return wasLarge.current ? original : wanted
}
