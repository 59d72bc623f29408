import { createHash } from 'node:crypto'
import type { Log } from '#platform/log'
import { obtainCertificate, type Order } from './acme.ts'
import { describePair, type KeyPair, type TlsFiles } from './files.ts'

export type Renewal = {
  files: TlsFiles
  order: Order
  log: Log
  now: () => Date
  /** Runs when no other process does the same now; otherwise does nothing. */
  alone: (run: () => Promise<void>) => Promise<void>
  use: (pair: KeyPair) => void
}

const DAY_MS = 24 * 3_600_000
const RENEW_DAYS = 30
const JITTER_DAYS = 3
const LOOK_MS = 60_000
/** Authorities allow few failures in an hour. */
const PAUSES_MS = [5 * 60_000, 15 * 60_000, 60 * 60_000, 6 * 60 * 60_000]

/** Whether a certificate is to be fetched now: there is none, it is for other names, or its month has begun. */
export function isDue(pair: KeyPair | undefined, names: readonly string[], now: Date): boolean {
  const standing = pair && describePair(pair)
  if (!standing || standing.isSelfSigned || names.some((name) => !standing.names.includes(name))) return true
  return standing.until.getTime() - now.getTime() < (RENEW_DAYS - jitterOf(names)) * DAY_MS
}

/** Servers that began together do not all come back in the same hour; the same server always does at its own. */
function jitterOf(names: readonly string[]): number {
  const drawn = createHash('sha256').update(names.join()).digest().readUInt32BE(0)
  return (drawn / 0xffff_ffff) * JITTER_DAYS
}

/** Looks once a minute whether there is another certificate, or must be one. Gives the first look, and the end. */
export function keepRenewed(renewal: Renewal): { first: Promise<void>; stop(): Promise<void> } {
  const { files, order, now } = renewal
  let stamp = files.stamp()
  let failures = 0
  let restUntil = 0
  const look = async () => {
    // Another process that shares the folder may have been quicker.
    if (files.stamp() !== stamp) {
      stamp = files.stamp()
      const pair = files.read()
      if (pair) renewal.use(pair)
    }
    if (now().getTime() < restUntil || !isDue(files.read(), order.names, now())) return
    await renewal.alone(async () => {
      if (!isDue(files.read(), order.names, now())) return
      const failure = await fetchOne(renewal)
      failures = failure ? failures + 1 : 0
      restUntil = failure ? now().getTime() + (PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? 0) : 0
      stamp = files.stamp()
    })
  }
  let running = look()
  const timer = setInterval(() => (running = running.then(look)), LOOK_MS)
  return {
    first: running,
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}

async function fetchOne({ files, order, log, use }: Renewal): Promise<boolean> {
  try {
    const pair = await obtainCertificate(files, order)
    files.keep(pair)
    files.keepFault(undefined)
    use(pair)
    log.info('a certificate was obtained', {
      names: order.names.join(),
      until: describePair(pair)?.until.toISOString(),
    })
    return false
  } catch (error) {
    const reason = (error as Error).message.replaceAll(/\s+/g, ' ').slice(0, 500)
    files.keepFault(reason)
    log.error('no certificate was obtained; it is tried again', { names: order.names.join(), reason })
    return true
  }
}
