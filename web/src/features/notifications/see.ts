import { useEffect, useRef } from 'preact/hooks'

const LOOKED_MS = 1000

/** Calls once an element has stood in view for a second, half of it or half the window full of it. */
export function useSeen<E extends HTMLElement>(isWanted: boolean, saw: () => void) {
  const element = useRef<E>(null)
  useEffect(() => {
    if (!isWanted || !element.current) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      // A page in the background is looked at by nobody.
      if (document.visibilityState === 'visible') saw()
      else timer = setTimeout(look, LOOKED_MS)
    }
    const watcher = new IntersectionObserver(
      ([entry]) => {
        clearTimeout(timer)
        const isSeen = entry && (entry.intersectionRatio >= 0.5 || entry.intersectionRect.height > innerHeight / 2)
        if (isSeen) timer = setTimeout(look, LOOKED_MS)
      },
      { threshold: [0, 0.25, 0.5] },
    )
    watcher.observe(element.current)
    return () => {
      clearTimeout(timer)
      watcher.disconnect()
    }
  }, [isWanted])
  return element
}
