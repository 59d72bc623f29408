import type { MediaAttachment } from '@hamlet/contract/media'
import { useComputed, useSignal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect } from 'preact/hooks'
import { sizeOf } from './source.ts'
import { CLOSE_UP, fit, hold, whole, zoom, type Point, type Size, type View } from './zoom.ts'

/** How one picture is looked at, and the ways to look at it otherwise. */
export type Lens = {
  view: ReadonlySignal<View>
  /** How large the picture is drawn before it is enlarged. */
  drawn: ReadonlySignal<Size>
  stage: ReadonlySignal<Size>
  /** How far a stroke has moved it that may yet be the way to the next one. */
  stroke: Signal<Point | undefined>
  /** Pictures alone are enlarged and turned; films and sounds have controls of their own. */
  isPicture: boolean
  zoomBy(factor: number, at?: Point): void
  pan(by: Point): void
  turn(): void
  reset(): void
  /** Close up where it was whole, and the other way round. */
  toggle(at?: Point): void
  /** The size that the file has, where the server did not know it. */
  learn(size: Size): void
}

const MIDDLE: Point = { x: 0, y: 0 }

/** The lens over the picture that is shown; each picture begins whole. */
export function useLens(media: MediaAttachment | undefined, frame: RefObject<HTMLElement | null>): Lens {
  const view = useSignal(whole)
  const stroke = useSignal<Point | undefined>(undefined)
  const stage = useSignal<Size>({ width: innerWidth, height: innerHeight })
  const picture = useSignal<Size | undefined>(undefined)
  const drawn = useComputed(() => fit(picture.value ?? stage.value, stage.value, view.value.turn))
  useLayoutEffect(() => {
    view.value = whole
    stroke.value = undefined
    picture.value = media && sizeOf(media)
  }, [media?.id])
  useEffect(() => watchSize(frame.current, stage), [frame.current])
  const set = (next: View) => {
    view.value = hold(next, drawn.peek(), stage.peek())
  }
  const scaleTo = (scale: number, at: Point) => {
    view.value = zoom(view.peek(), scale, at, { drawn: drawn.peek(), stage: stage.peek() })
  }
  const isPicture = media?.type === 'image' || media?.type === 'unknown'
  const lens: Lens = {
    view,
    drawn,
    stage,
    stroke,
    isPicture,
    zoomBy: (factor, at = MIDDLE) => isPicture && scaleTo(view.peek().scale * factor, at),
    pan: ({ x, y }) => set({ ...view.peek(), x: view.peek().x + x, y: view.peek().y + y }),
    turn: () => isPicture && set({ ...whole, turn: (view.peek().turn + 90) % 360 }),
    reset: () => set({ ...whole, turn: view.peek().turn }),
    toggle: (at = MIDDLE) => isPicture && scaleTo(view.peek().scale > 1 ? 1 : CLOSE_UP, at),
    learn: (size) => (picture.value ??= size),
  }
  return lens
}

function watchSize(frame: HTMLElement | null, size: Signal<Size>): (() => void) | undefined {
  if (!frame) return undefined
  const measure = () => {
    const { clientWidth: width, clientHeight: height } = frame
    if (width > 0 && height > 0) size.value = { width, height }
  }
  measure()
  const observer = new ResizeObserver(measure)
  observer.observe(frame)
  return () => observer.disconnect()
}
