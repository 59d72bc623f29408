import type { Context } from '#platform/context'
import { describeError } from '#platform/log'
import { isLoopback, makeNetworkSet } from '#platform/net'

/** Said after a commit, to all processes. */
export const NETWORKS_CHANGED = 'gates.networks-changed'
/** A message may be lost, and what has ended must open again: then this is how late it is at most. */
const LOOK_MS = 30_000

export type ShutAddresses = { isShut(ip: string): boolean; close(): void }

/**
 * Who is let in nowhere (`no_access`), kept in memory by each process: every request asks. This machine itself is always
 * let in, so that a network which is too wide can be taken back.
 */
export async function openShutAddresses(ctx: Context): Promise<ShutAddresses> {
  let known = { set: makeNetworkSet([]), until: Infinity }
  let reading: Promise<void> = Promise.resolve()
  const read = async () => {
    const now = ctx.clock.now().toISOString()
    const rows = await ctx.db
      .selectFrom('blocked_networks')
      .select(['network', 'expires_at'])
      .where('severity', '=', 'no_access')
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
      .execute()
    const ends = rows.flatMap(({ expires_at: end }) => (end === null ? [] : [Date.parse(end)]))
    known = { set: makeNetworkSet(rows.map(({ network }) => network)), until: Math.min(Infinity, ...ends) }
  }
  /** One after the other: an older answer never takes the place of a newer one. */
  const look = () =>
    (reading = reading
      .then(read)
      .catch((error: unknown) => ctx.log.warn('addresses that are shut out could not be read', describeError(error))))
  await look()
  const unhear = ctx.streams.subscribe(NETWORKS_CHANGED, () => void look())
  const timer = setInterval(() => void look(), LOOK_MS)
  timer.unref()
  return {
    isShut: (ip) => {
      if (!known.set.has(ip) || isLoopback(ip)) return false
      if (ctx.clock.now().getTime() < known.until) return true
      // One of them has ended. Until it is known which, whoever asks is let in: for a moment, and once.
      void look()
      return false
    },
    close: () => {
      unhear()
      clearInterval(timer)
    },
  }
}
