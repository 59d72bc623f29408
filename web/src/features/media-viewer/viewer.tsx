import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { statusOf } from '../../api/store.ts'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Toasts } from '../../ui/toast.tsx'
import { fetchStatus } from '../statuses/acts.ts'
import { coversMedia, isOpen } from '../statuses/warnings.ts'
import { Steps, Tool, Tools } from './bar.tsx'
import { Film } from './film.tsx'
import { followHand, type HandWishes } from './hand.ts'
import { useLens, type Lens } from './lens.ts'
import { Panel } from './panel.tsx'
import { WholePicture } from './picture.tsx'
import { preload } from './source.ts'
import { uncover, uncovered, viewed, type Viewed } from './state.ts'
import { closeViewer, showPicture } from './steps.ts'
import { Thumbs } from './thumbs.tsx'
import { useFocus } from './use-focus.ts'
import { useKeys } from './use-keys.ts'
import { spoken } from './words.ts'

/** A post's pictures, films and sounds, one at a time and whole (web-spec 4.17). */
export function Viewer({ now }: { now: Viewed }) {
  const status = statusOf(now.id).value
  const isMissing = useFetched(now.id, status)
  const [isOpen, setOpen] = useState(true)
  const list = status?.media_attachments ?? []
  const index = Math.min(now.index, Math.max(0, list.length - 1))
  const media = list[index]
  const isHidden = status !== null && isKeptBack(status)
  const frame = useRef<HTMLDivElement>(null)
  const lens = useLens(media, frame)
  const goTo = (to: number) => {
    if (to >= 0 && to < list.length) showPicture(now, to)
  }
  // From what the address says: a second quick press comes before the first is drawn.
  const step = (by: 1 | -1) => goTo(Math.min(viewed.peek()?.index ?? index, list.length - 1) + by)
  const close = () => closeViewer(now)
  const toggle = () => setOpen(!isOpen)
  useFocus(now)
  useKeys(lens, { step, goTo, last: list.length - 1, togglePanel: toggle })
  useEffect(() => {
    if (!isHidden) preload(list, index, lens.stage.peek())
  }, [media?.id, isHidden])
  const label = media && !isHidden ? spoken(media, index, list.length) : t('viewer.title', 'Picture')
  const shown = status && media && { status, media, index, lens }
  return (
    <Dialog label={t('viewer.title', 'Picture')} class="viewer" onClose={close}>
      <div class="viewer-main">
        <Stage lens={lens} picture={media?.id} label={label} wishes={{ step, close }}>
          <div class="viewer-frame" ref={frame}>
            {shown && isHidden && <Cover status={shown.status} />}
            {shown && !isHidden && <Shown key={shown.media.id} {...shown} label={label} />}
            {(isMissing || (status && !media)) && (
              <p class="viewer-fault">{t('viewer.gone', 'There is nothing here any more.')}</p>
            )}
          </div>
        </Stage>
        <div class="viewer-bar">
          <Tool icon="close" label={t('viewer.close', 'Close')} run={close} />
          <Steps index={index} total={list.length} step={step} />
          {shown && !isHidden && <Tools {...shown} path={now.path} step={step} />}
        </div>
        {!isHidden && <Thumbs list={list} index={index} goTo={goTo} />}
        <p class="visually-hidden" aria-live="polite">
          {label}
        </p>
      </div>
      {shown && <Panel {...shown} isCovered={isHidden} isOpen={isOpen} toggle={toggle} />}
      <Toasts />
    </Dialog>
  )
}

/** Asks for a post that is not known, as after a reload; true when there is none. */
function useFetched(id: string, status: Status | null): boolean {
  const [isMissing, setMissing] = useState(false)
  const isKnown = status !== null
  useEffect(() => {
    if (!isKnown) fetchStatus(id).catch(() => setMissing(true))
  }, [id, isKnown])
  return isMissing && !isKnown
}

/** What the card would cover stays covered, unless it was uncovered there. */
function isKeptBack(status: Status): boolean {
  if (uncovered.value.has(status.id)) return false
  return !isOpen(status) || coversMedia(status)
}

function Cover({ status }: { status: Status }) {
  return (
    <p class="viewer-fault">
      <span dir="auto">
        {status.spoiler_text ||
          t('statuses.sensitive', '{n, plural, one {A picture} other {# pictures}} you may not want to see', {
            n: status.media_attachments.length,
          })}
      </span>
      <button class="button button-outline" type="button" onClick={() => uncover(status.id)}>
        {t('statuses.show', 'Show')}
      </button>
    </p>
  )
}

type StageProps = {
  lens: Lens
  picture: string | undefined
  label: string
  wishes: HandWishes
  children: ComponentChildren
}

function Stage({ lens, picture, label, wishes, children }: StageProps) {
  const stage = useRef<HTMLElement>(null)
  useLayoutEffect(() => (stage.current ? followHand(stage.current, lens, wishes) : undefined), [picture])
  return (
    <section class="viewer-stage" ref={stage} tabIndex={-1} aria-label={label}>
      {children}
    </section>
  )
}

type ShownProps = { status: Status; media: MediaAttachment; lens: Lens; label: string }

function Shown({ status, media, lens, label }: ShownProps) {
  if (lens.isPicture) return <WholePicture media={media} lens={lens} />
  return <Film media={media} label={label} cover={status.account.avatar} />
}
