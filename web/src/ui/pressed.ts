/**
 * How long a press excuses that something moves: browsers count what comes within half a second as its answer (Layout
 * Instability, `hadRecentInput`). What is decided now is drawn a moment later.
 */
const ANSWER_MS = 400

let pressedAt = Number.NEGATIVE_INFINITY
for (const kind of ['pointerdown', 'keydown'] as const)
  addEventListener(kind, (event) => (pressedAt = event.timeStamp), { capture: true, passive: true })

/** Whether what happens now is the answer to something that was just pressed. */
export function isAnswer(): boolean {
  return performance.now() - pressedAt < ANSWER_MS
}
