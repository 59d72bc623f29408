import { Refusal } from '#lib/refusal'

export type QueueOptions = {
  atOnce: number
  /** So many wait at most; who comes later is refused at once. */
  longest: number
  /** Who has waited so long is refused, since whoever asked has given up too. */
  patienceMs: number
}

const isBusy = () =>
  new Refusal('unavailable', 'Too many people sign in at once. Try again in a moment.', { retryAfterSeconds: 5 })

/** Runs heavy work a few at a time, in turn; what cannot be begun in time is refused, and nothing is broken. */
export function makeQueue({ atOnce, longest, patienceMs }: QueueOptions) {
  let running = 0
  const waiting: (() => void)[] = []
  const myTurn = () =>
    new Promise<void>((go, giveUp) => {
      const come = () => {
        clearTimeout(timer)
        go()
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(come), 1)
        giveUp(isBusy())
      }, patienceMs)
      waiting.push(come)
    })
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting.length >= longest) throw isBusy()
    // Whoever ends hands its place on, so nobody who comes in between can take it.
    if (running >= atOnce) await myTurn()
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
