import type { Context } from '#platform/context'
import { describeError } from '#platform/log'
import type { FederationPorts } from '../ports.ts'
import { claimDeliveries, settleDelivery } from './claim.ts'
import { sendDeliveries } from './send.ts'

export type DeliveryWorker = { wake(): void; stop(): Promise<void> }

const SLOTS = 128
const POLL_MS = 1000
/** Claims cost the same for one as for many: with fewer free places than this, more are waited for, this long. */
const FEW = 16
const GATHER_MS = 10

/** Sends what is due until stopped; running requests are waited for, at most as long as they may last. */
export function startDelivery(ctx: Context, ports: FederationPorts): DeliveryWorker {
  const running = new Set<Promise<void>>()
  let isStopping = false
  let isWoken = false
  let wakeUp: () => void = () => {}
  const wake = () => {
    isWoken = true
    wakeUp()
  }
  const rest = () =>
    new Promise<void>((done) => {
      if (isWoken || isStopping) return done()
      const timer = setTimeout(done, POLL_MS)
      wakeUp = () => {
        clearTimeout(timer)
        done()
      }
    })
  const loop = async () => {
    while (!isStopping) {
      isWoken = false
      if (SLOTS - running.size < FEW) await new Promise((done) => setTimeout(done, GATHER_MS))
      const free = SLOTS - running.size
      const claims = free > 0 ? await claimOrNone(ctx, free) : []
      if (claims.length === 0) {
        await rest()
        continue
      }
      for (const { delivery, outcome } of sendDeliveries(ctx, ports, claims)) {
        const run = outcome
          .then((ended) => settleDelivery(ctx, delivery, ended))
          .catch((error: unknown) => ctx.log.error('a delivery could not be settled', describeError(error)))
          .finally(() => {
            running.delete(run)
            wake()
          })
        running.add(run)
      }
    }
  }
  const ended = loop()
  return {
    wake,
    stop: async () => {
      isStopping = true
      wakeUp()
      await ended
      // A request that hangs is not waited for: its lease ends, and it is sent again.
      await Promise.race([Promise.all(running), new Promise((done) => setTimeout(done, 3000).unref())])
    },
  }
}

async function claimOrNone(ctx: Context, limit: number) {
  return claimDeliveries(ctx, limit).catch((error: unknown) => {
    ctx.log.warn('deliveries could not be claimed', describeError(error))
    return []
  })
}
