import { setTimeout as sleep } from 'node:timers/promises'
import { openInside, type Inside } from '../inside.ts'
import { openTown, type TownProcess } from '../town-process.ts'

/** A town under proof: from outside as a process, and from within to count what it holds. */
export type Town = { process: TownProcess; inside: Inside }

/**
 * The towns may reach each other, who are `localhost`, and no other address of the machine: so that one in the same
 * range is as private to them as any.
 */
const ALLOWED = '127.0.0.1/32,::1/128'

export async function startTown(stack: AsyncDisposableStack): Promise<Town> {
  const process = stack.use(await openTown({ environment: { HAMLET_ALLOW_PRIVATE_NETWORKS: ALLOWED } }))
  await process.start()
  const inside = stack.use(await openInside(process))
  return { process, inside }
}

const LOOK_MS = 100
const QUIET_LOOKS = 5

/**
 * Waits until neither town has anything left to do for the other, several times in a row; false when time is up. What
 * a killed process had in hand comes back when its lease ends (30 s), so that is how long quiet may take. Of the jobs of
 * A only those count that are due: what its liars sent it after, it will try again for hours.
 */
export async function untilQuiet(a: Town, b: Town, timeoutMs: number): Promise<boolean> {
  const from = performance.now()
  for (let quiet = 0; quiet < QUIET_LOOKS; await sleep(LOOK_MS)) {
    if (performance.now() - from > timeoutMs) return false
    const open =
      (await a.inside.countOpenWork(b.process.host, 'due')) + (await b.inside.countOpenWork(a.process.host, 'all'))
    quiet = open === 0 ? quiet + 1 : 0
  }
  return true
}
