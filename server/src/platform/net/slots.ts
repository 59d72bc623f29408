import { failure } from './failures.ts'

/** How many may wait for one host before the next is turned away at once. */
const MAX_WAITING = 200

export type Slots = (host: string, signal: AbortSignal) => Promise<() => void>

/** At most `perHost` requests at a time to one host, in order of arrival; gives the function that frees the place. */
export function makeSlots(perHost: number): Slots {
  const hosts = new Map<string, { used: number; waiting: (() => void)[] }>()
  const free = (host: string) => () => {
    const state = hosts.get(host)
    if (!state) return
    const next = state.waiting.shift()
    if (next) return next()
    state.used -= 1
    if (state.used === 0) hosts.delete(host)
  }
  return async (host, signal) => {
    signal.throwIfAborted()
    const state = hosts.get(host) ?? { used: 0, waiting: [] }
    hosts.set(host, state)
    if (state.used < perHost) state.used += 1
    else if (state.waiting.length >= MAX_WAITING) throw failure('network')
    else await turn(state.waiting, signal)
    return free(host)
  }
}

/** Waits in line; whoever gives up leaves the line, so that no place is handed to nobody. */
function turn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      waiting.splice(waiting.indexOf(enter), 1)
      reject(signal.reason)
    }
    const enter = () => {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    signal.addEventListener('abort', leave, { once: true })
    waiting.push(enter)
  })
}
