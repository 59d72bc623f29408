import type { Lens } from './lens.ts'
import { isFromRight } from './steps.ts'
import { meaningOf, type Point } from './zoom.ts'

export type HandWishes = { step: (by: 1 | -1) => void; close: () => void }

const TAP_PX = 10
const TWICE_MS = 300
const TWICE_PX = 40
/** What has a use for a press of its own. */
const CONTROLS = 'button, a, video, audio'

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

type Moment = Point & { at: number }
const pointOf = (event: MouseEvent): Point => ({ x: event.clientX, y: event.clientY })
const momentOf = (event: MouseEvent): Moment => ({ ...pointOf(event), at: event.timeStamp })

/** Tells of each tap whether it is the second of two. */
function watchTaps(): (now: Moment) => boolean {
  let tap: Moment | undefined
  return (now) => {
    const isTwice = tap !== undefined && now.at - tap.at < TWICE_MS && distance(tap, now) < TWICE_PX
    tap = isTwice ? undefined : now
    return isTwice
  }
}

/**
 * Fingers, mouse and wheel over the stage: two fingers or the wheel enlarge, a double tap looks close, a drag moves what
 * is enlarged, and a stroke over a whole picture leads to the next or closes. Gives the function that ends it.
 */
export function followHand(stage: HTMLElement, lens: Lens, wishes: HandWishes): () => void {
  const fingers = new Map<number, Point>()
  const isSecondTap = watchTaps()
  let begin: Moment | undefined
  const fromMiddle = (point: Point) => fromMiddleOf(stage.firstElementChild ?? stage, point)

  const down = (event: PointerEvent) => {
    if (event.button > 0 || (event.target as Element).closest(CONTROLS)) return
    stage.setPointerCapture?.(event.pointerId)
    fingers.set(event.pointerId, pointOf(event))
    begin = fingers.size === 1 ? momentOf(event) : undefined
    if (fingers.size > 1) lens.stroke.value = undefined
  }
  const move = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const now = pointOf(event)
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
    fingers.set(event.pointerId, now)
    if (other) {
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
      lens.zoomBy(distance(now, other) / Math.max(1, distance(before, other)), fromMiddle(middle))
      lens.pan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 })
    } else if (lens.view.peek().scale > 1) lens.pan({ x: now.x - before.x, y: now.y - before.y })
    else if (begin) {
      const isTouch = event.pointerType === 'touch'
      lens.stroke.value = { x: now.x - begin.x, y: isTouch ? Math.max(0, now.y - begin.y) : 0 }
    }
  }
  const up = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return
    lens.stroke.value = undefined
    const from = begin
    begin = undefined
    if (!from || event.type === 'pointercancel') return
    const now = momentOf(event)
    if (distance(from, now) >= TAP_PX) return end(from, now, event.pointerType === 'touch')
    if (isSecondTap(now)) lens.toggle(fromMiddle(now))
  }
  const end = (from: Moment, now: Moment, isTouch: boolean) => {
    if (lens.view.peek().scale > 1) return
    const stroke = { x: now.x - from.x, y: now.y - from.y, ms: now.at - from.at, isTouch }
    const meaning = meaningOf(stroke, isFromRight())
    if (meaning === 'close') wishes.close()
    else if (meaning) wishes.step(meaning === 'next' ? 1 : -1)
  }
  const turnWheel = (event: WheelEvent) => {
    event.preventDefault()
    // A pinch on a touchpad comes as a wheel with Ctrl, in small steps.
    lens.zoomBy(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), fromMiddle(pointOf(event)))
  }
  return listenAll(stage, { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, wheel: turnWheel })
}

function fromMiddleOf(box: Element, { x, y }: Point): Point {
  const { left, top, width, height } = box.getBoundingClientRect()
  return { x: x - left - width / 2, y: y - top - height / 2 }
}

type Listeners = Record<string, ((event: PointerEvent) => void) | ((event: WheelEvent) => void)>

function listenAll(stage: HTMLElement, listeners: Listeners): () => void {
  const all = Object.entries(listeners) as [string, EventListener][]
  for (const [name, listener] of all) stage.addEventListener(name, listener, { passive: false })
  return () => {
    for (const [name, listener] of all) stage.removeEventListener(name, listener)
  }
}
