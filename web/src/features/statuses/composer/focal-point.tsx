import { useState } from 'preact/hooks'
import { amount, t } from '../../../i18n/words.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import type { Focus, Upload } from './model.ts'

const STEP = 0.05
const keep = (value: number) => Math.max(-1, Math.min(1, value))

type FocalProps = { upload: Upload; choose: (focus: Focus) => void; close: () => void }

/** Where to look in a picture, so that a crop keeps it: by a press, by dragging, or by the arrow keys. */
export function FocalPoint({ upload, choose, close }: FocalProps) {
  const [{ x, y }, setFocus] = useState(upload.focus)
  const point = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const across = ((event.clientX - box.left) / box.width) * 2 - 1
    const down = ((event.clientY - box.top) / box.height) * 2 - 1
    setFocus({ x: keep(across), y: keep(-down) })
  }
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key]
    if (!by) return
    event.preventDefault()
    setFocus({ x: keep(x + (by[0] ?? 0)), y: keep(y + (by[1] ?? 0)) })
  }
  const percent = (value: number) => amount((value + 1) / 2, { style: 'percent' })
  return (
    <Dialog label={t('composer.focus', 'What stays visible')} class="focal" onClose={close}>
      <h2>{t('composer.focus', 'What stays visible')}</h2>
      <p class="meta">{t('composer.focusHelp', 'Drag the point, or use the arrow keys. Crops keep what is there.')}</p>
      <div
        class="focal-stage"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          point(event)
        }}
        onPointerMove={(event) => {
          if (event.buttons > 0) point(event)
        }}
      >
        <img src={upload.preview} alt="" draggable={false} />
        <button
          class="focal-point"
          type="button"
          style={{ left: `${(x + 1) * 50}%`, top: `${(1 - y) * 50}%` }}
          aria-label={t('composer.focusAt', 'Point: {across} from the left, {up} from the bottom', {
            across: percent(x),
            up: percent(y),
          })}
          onKeyDown={press}
        />
      </div>
      <p class="dialog-answers">
        <button class="button button-outline" type="button" onClick={close}>
          {t('composer.cancel', 'Cancel')}
        </button>
        <button
          class="button button-primary"
          type="button"
          onClick={() => {
            choose({ x, y })
            close()
          }}
        >
          {t('composer.use', 'Use this point')}
        </button>
      </p>
    </Dialog>
  )
}
