import type { Context } from '#platform/context'
import { describeError } from '#platform/log'
import type { FederationPorts } from '../ports.ts'
import { claimDeliveries, settleDelivery } from './claim.ts'
import { sendDelivery } from './send.ts'

export type DeliveryWorker = { wake(): void; stop(): Promise<void> }

const SLOTS = 32
const POLL_MS = 1000

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
      const free = SLOTS - running.size
      const claims = free > 0 ? await claimOrNone(ctx, free) : []
      for (const delivery of claims) {
        const run = sendDelivery(ctx, ports, delivery)
          .then((outcome) => settleDelivery(ctx, delivery, outcome))
          .catch((error: unknown) => ctx.log.error('a delivery could not be settled', describeError(error)))
          .finally(() => {
            running.delete(run)
            wake()
          })
        running.add(run)
      }
      if (claims.length === 0) await rest()
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
