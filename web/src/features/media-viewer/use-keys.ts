import { useLayoutEffect, useRef } from 'preact/hooks'
import { actOn, type Wishes } from './keys.ts'
import type { Lens } from './lens.ts'
import { isFromRight } from './steps.ts'

/** What has a use for these keys itself. */
const OWN_KEYS = 'input, textarea, select, video, audio'
/** A layer above the viewer: all keys are for it, even while the focus is still on what opened it. */
const ABOVE = 'dialog[open]:not(.viewer), .viewer [role=menu]'

/** Keys act on the viewer while it is the uppermost layer; nothing behind it hears them. */
export function useKeys(lens: Lens, wishes: Wishes): void {
  // A key may come after a step is drawn and before the effects of it have run.
  const latest = useRef({ lens, wishes })
  latest.current = { lens, wishes }
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : document.body
      if (event.ctrlKey || event.metaKey || event.altKey) return
      // Without a focus the page behind would take the key.
      if (!target.closest('dialog')) event.stopPropagation()
      if (document.querySelector(ABOVE) || target.closest(OWN_KEYS)) return
      const { lens: shown, wishes: acts } = latest.current
      if (actOn(event.key, isFromRight(), shown, acts)) event.preventDefault()
    }
    addEventListener('keydown', press, { capture: true })
    return () => removeEventListener('keydown', press, { capture: true })
  }, [])
}
