import type { MediaAttachment } from '@hamlet/contract/media'
import { signal } from '@preact/signals'
import { amount, t } from '../../i18n/words.ts'
import type { MenuItem } from '../../ui/menu.tsx'

/** How films and sounds are played, from one to the next. */
export const speed = signal(1)
export const isLooped = signal(false)

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2]

/** The film or sound that is shown. */
export function playing(): HTMLVideoElement | null {
  return document.querySelector<HTMLVideoElement>('.viewer :is(video, audio)')
}

function play(times: number): void {
  speed.value = times
  const player = playing()
  if (player) player.playbackRate = times
}

/** What the browser's own player has no button for everywhere. */
export function playerItems({ type }: MediaAttachment): MenuItem[] {
  if (type !== 'video' && type !== 'audio') return []
  const canFloat = type === 'video' && document.pictureInPictureEnabled
  return [
    ...SPEEDS.map((times) => ({
      label: t('viewer.speed', 'Speed {times}×', { times: amount(times) }),
      isChosen: speed.value === times,
      run: () => play(times),
    })),
    {
      label: t('viewer.loop', 'Again and again'),
      isChecked: isLooped.value,
      run: () => void (isLooped.value = !isLooped.value),
    },
    ...(canFloat
      ? [{ label: t('viewer.float', 'In a window of its own'), run: () => void playing()?.requestPictureInPicture() }]
      : []),
  ]
}
