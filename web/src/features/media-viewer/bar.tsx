import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import type { IconName } from '../../../sprite.ts'
import { amount, t } from '../../i18n/words.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { Icon } from '../../ui/parts.tsx'
import { copyPictureLink, download, originalOf } from './acts.ts'
import type { Lens } from './lens.ts'
import { playerItems } from './player.ts'

type BarProps = {
  status: Status
  media: MediaAttachment
  index: number
  path: string
  lens: Lens
  step: (by: 1 | -1) => void
}

/** The tools over the stage; on a phone all but closing lie in the menu. */
export function Tools(props: BarProps) {
  const { media, lens } = props
  const isClose = lens.view.value.scale > 1
  return (
    <div class="viewer-tools">
      {lens.isPicture && (
        <Tool
          icon={isClose ? 'zoomOut' : 'zoomIn'}
          label={isClose ? t('viewer.whole', 'The whole picture') : t('viewer.closer', 'Look closer')}
          run={() => lens.toggle()}
        />
      )}
      <Tool icon="download" label={t('viewer.download', 'Download')} run={() => download(media)} />
      <Menu label={t('viewer.more', 'More')} class="viewer-button" items={() => itemsOf(props)}>
        <Icon name="more" />
      </Menu>
    </div>
  )
}

export function Tool({ icon, label, run }: { icon: IconName; label: string; run: () => void }) {
  return (
    <button class="viewer-button viewer-wide" type="button" aria-label={label} title={label} onClick={run}>
      <Icon name={icon} />
    </button>
  )
}

const CLOSER = 1.5

function itemsOf({ status, media, index, path, lens, step }: BarProps): MenuItem[] {
  const total = status.media_attachments.length
  const { scale } = lens.view.peek()
  return [
    ...(index + 1 < total ? [{ label: t('viewer.next', 'Next'), run: () => step(1) }] : []),
    ...(index > 0 ? [{ label: t('viewer.previous', 'Previous'), run: () => step(-1) }] : []),
    ...(lens.isPicture
      ? [
          { label: t('viewer.zoomIn', 'Enlarge'), icon: 'zoomIn' as const, run: () => lens.zoomBy(CLOSER) },
          ...(scale > 1
            ? [
                {
                  label: t('viewer.zoomOut', 'Make smaller'),
                  icon: 'zoomOut' as const,
                  run: () => lens.zoomBy(1 / CLOSER),
                },
                { label: t('viewer.whole', 'The whole picture'), run: () => lens.reset() },
              ]
            : []),
          { label: t('viewer.turn', 'Turn'), icon: 'turn' as const, run: () => lens.turn() },
        ]
      : []),
    ...playerItems(media),
    { label: t('viewer.download', 'Download'), icon: 'download', run: () => download(media) },
    {
      label: t('viewer.original', 'Open the original'),
      icon: 'outside',
      run: () => void open(originalOf(media), '_blank', 'noopener,noreferrer'),
    },
    {
      label: t('viewer.copyLink', 'Copy the link to it'),
      icon: 'link',
      run: () => void copyPictureLink(status, path, index),
    },
  ]
}

/** Which of how many; the buttons beside it lead to the others, and stand at the sides of a wide stage. */
export function Steps({ index, total, step }: { index: number; total: number; step: (by: 1 | -1) => void }) {
  if (total < 2) return null
  return (
    <>
      {index > 0 && <Step by={-1} label={t('viewer.previous', 'Previous')} step={step} />}
      <p class="viewer-count" aria-hidden="true">
        {t('viewer.count', '{n} of {total}', { n: amount(index + 1), total: amount(total) })}
      </p>
      {index + 1 < total && <Step by={1} label={t('viewer.next', 'Next')} step={step} />}
    </>
  )
}

function Step({ by, label, step }: { by: 1 | -1; label: string; step: (by: 1 | -1) => void }) {
  return (
    <button
      class={`viewer-button viewer-step ${by > 0 ? 'viewer-next' : 'viewer-previous'}`}
      type="button"
      aria-label={label}
      title={label}
      onClick={() => step(by)}
    >
      <Icon name="chevron" />
    </button>
  )
}
