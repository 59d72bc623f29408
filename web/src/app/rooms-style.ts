let asked: Promise<unknown> | undefined

/** The style of rooms beyond home. It is asked for once: by the first such screen, or at the reader's first touch. */
export function roomsStyle(): Promise<unknown> {
  asked ??= import('../styles/rooms.css').catch(() => (asked = undefined))
  return asked
}
