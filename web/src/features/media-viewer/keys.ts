import type { Lens } from './lens.ts'
import { playing } from './player.ts'

export type Wishes = {
  step: (by: 1 | -1) => void
  goTo: (index: number) => void
  last: number
  togglePanel: () => void
}

const STEP = 1.5
const PAN_PX = 80
/** Films begin a frame of the usual rate later, or earlier. */
const FRAME_S = 1 / 30

const pans: Record<string, [number, number]> = {
  ArrowLeft: [PAN_PX, 0],
  ArrowRight: [-PAN_PX, 0],
  ArrowUp: [0, PAN_PX],
  ArrowDown: [0, -PAN_PX],
}

/** What a key does in the viewer; false for keys that are none of its own. */
export function actOn(key: string, isFromRight: boolean, lens: Lens, wishes: Wishes): boolean {
  const pan = pans[key]
  if (pan && lens.view.peek().scale > 1) return did(lens.pan({ x: pan[0], y: pan[1] }))
  const towards: 1 | -1 = isFromRight ? -1 : 1
  if (key === 'ArrowRight') return did(wishes.step(towards))
  if (key === 'ArrowLeft') return did(wishes.step(towards === 1 ? -1 : 1))
  if (key === 'PageDown') return did(wishes.step(1))
  if (key === 'PageUp') return did(wishes.step(-1))
  if (key === 'Home') return did(wishes.goTo(0))
  if (key === 'End') return did(wishes.goTo(wishes.last))
  if (key === '+' || key === '=') return did(lens.zoomBy(STEP))
  if (key === '-') return did(lens.zoomBy(1 / STEP))
  if (key === '0') return did(lens.reset())
  if (key === 'a') return did(wishes.togglePanel())
  if (key === ',' || key === '.') return moveFrame(key === '.' ? FRAME_S : -FRAME_S)
  return false
}

const did = (_done: unknown): true => true

function moveFrame(by: number): boolean {
  const film = playing()
  if (!film) return false
  film.pause()
  film.currentTime = Math.max(0, film.currentTime + by)
  return true
}
