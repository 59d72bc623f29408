export type Size = { width: number; height: number }
export type Point = { x: number; y: number }
/** How a picture is looked at: enlarged so many times, moved from the middle by pixels, turned clockwise by degrees. */
export type View = Point & { scale: number; turn: number }

export const whole: View = { scale: 1, x: 0, y: 0, turn: 0 }
export const CLOSE_UP = 2.5
const MOST = 8

/** Never the negative nought that an edge at nought would give. */
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value)) + 0
const turned = (size: Size, turn: number): Size =>
  turn % 180 === 0 ? size : { width: size.height, height: size.width }

/** How large a picture is drawn: whole in the stage, as it then lies turned, and never larger than it is. */
export function fit(picture: Size, stage: Size, turn: number): Size {
  const box = turned(picture, turn)
  const ratio = Math.min(stage.width / box.width, stage.height / box.height, 1)
  return { width: picture.width * ratio, height: picture.height * ratio }
}

/** The same view with its picture over the stage: an edge never comes further in than it has to. */
export function hold(view: View, drawn: Size, stage: Size): View {
  const box = turned(drawn, view.turn)
  const room = (size: number, most: number) => Math.max(0, (size * view.scale - most) / 2)
  const [across, down] = [room(box.width, stage.width), room(box.height, stage.height)]
  return { ...view, x: clamp(view.x, -across, across), y: clamp(view.y, -down, down) }
}

type Ground = { drawn: Size; stage: Size }

/** Enlarges to a scale; what lies at a point, from the middle of the stage, stays there. */
export function zoom(view: View, scale: number, at: Point, { drawn, stage }: Ground): View {
  const next = clamp(scale, 1, MOST)
  const by = next / view.scale
  const moved = { ...view, scale: next, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }
  return hold(moved, drawn, stage)
}

export type Stroke = Point & { ms: number; isTouch: boolean }

const FAR = 80
const QUICK_MS = 250
const QUICK = 30

/**
 * What a stroke over a whole picture asks for: aside the next or the one before, as the language is read; down, by
 * finger, to close. Undefined for a stroke that is too short.
 */
export function meaningOf(
  { x, y, ms, isTouch }: Stroke,
  isFromRight: boolean,
): 'next' | 'previous' | 'close' | undefined {
  const least = ms < QUICK_MS ? QUICK : FAR
  if (Math.abs(x) > Math.abs(y)) {
    if (Math.abs(x) < least) return undefined
    return x < 0 === isFromRight ? 'previous' : 'next'
  }
  return isTouch && y >= least ? 'close' : undefined
}
