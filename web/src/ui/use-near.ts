import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

const AHEAD = '1200px'

/** Calls once a box comes near the window; only while it is wanted. */
export function useNear(isWanted: boolean, come: () => void): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(come)
  latest.current = come
  useEffect(() => {
    if (!isWanted || !box.current) return undefined
    const watcher = new IntersectionObserver(([seen]) => seen?.isIntersecting && latest.current(), {
      rootMargin: AHEAD,
    })
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [isWanted])
  return box
}
