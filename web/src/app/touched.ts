import { signal } from '@preact/signals'
import { savesData } from './reading.ts'
import { roomsStyle } from './rooms-style.ts'

type Touch = typeof import('./touch.ts')

/** The menu of a post and the thread, once they are here. */
export const touch = signal<Touch | undefined>(undefined)
let asked: Promise<Touch> | undefined

/** Asks for them; once is enough, unless they could not be had. */
export function fetchTouch(): Promise<Touch> {
  asked ??= import('./touch.ts').then(
    (module) => (touch.value = module),
    (error: unknown) => {
      asked = undefined
      throw error
    },
  )
  return asked
}

/** Long after the first posts are read, so that nothing of them waits for it. */
const QUIET_MS = 5000

/** So that a thread, a menu or a dialog finds its code and its style there: at the first touch, or while one reads. */
export function awaitFirstTouch(): void {
  const fetchAll = () => {
    void roomsStyle()
    void fetchTouch().catch(() => undefined)
  }
  for (const kind of ['pointerdown', 'keydown', 'pointermove'] as const)
    addEventListener(kind, fetchAll, { once: true, passive: true, capture: true })
  if (!savesData()) setTimeout(fetchAll, QUIET_MS)
}
