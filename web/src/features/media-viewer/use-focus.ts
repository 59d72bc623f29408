import { useLayoutEffect } from 'preact/hooks'
import { pathOfPicture, type Viewed } from './state.ts'

/**
 * The stage has the focus first, and again when what had it is gone with a step. At the end it goes to the picture that
 * was pressed (the dialog sees to that), or after a reload to the picture that was shown, where that is on the screen.
 */
export function useFocus(now: Viewed): void {
  useLayoutEffect(() => {
    focusStage()
    return () => {
      const link = `a[href="${CSS.escape(pathOfPicture(now.path, now.index))}"]`
      requestAnimationFrame(() => {
        if (document.activeElement === document.body)
          document.querySelector<HTMLElement>(link)?.focus({ preventScroll: true })
      })
    }
  }, [])
  useLayoutEffect(() => {
    if (document.activeElement === document.body) focusStage()
  }, [now.index])
}

function focusStage(): void {
  document.querySelector<HTMLElement>('.viewer-stage')?.focus({ preventScroll: true })
}
