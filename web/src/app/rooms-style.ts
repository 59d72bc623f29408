let asked: Promise<unknown> | undefined

/** The style of rooms beyond home. It is asked for once: by the first such screen, or at the reader's first touch. */
export function roomsStyle(): Promise<unknown> {
  asked ??= import('../styles/rooms.css').catch(() => (asked = undefined))
  return asked
}

/** So that a menu or a dialog finds its style there when it opens. */
export function awaitFirstTouch(): void {
  for (const kind of ['pointerdown', 'keydown', 'pointermove'] as const)
    addEventListener(kind, () => void roomsStyle(), { once: true, passive: true, capture: true })
}
