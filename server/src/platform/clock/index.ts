/** The domain's time. Leases and rate limits use the database's clock instead, so that machines agree. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that moves a millisecond at each look, and further when told: for tests of order and of what happens later. */
export function steppingClock(start: Date): Clock & { advance(ms: number): void } {
  let at = start.getTime()
  return {
    now: () => new Date((at += 1)),
    advance: (ms) => {
      at += ms
    },
  }
}
