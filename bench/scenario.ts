import { openInside, type Inside } from '../scripts/inside.ts'
import { openTown, type TownProcess } from '../scripts/town-process.ts'
import type { Figure } from './figure.ts'

export type Stage = {
  /** Whatever a scenario starts is put here, and ends with it. */
  stack: AsyncDisposableStack
  /** How long each load lasts. */
  seconds: number
}

/** One thing to measure. A new one is a file in `scenarios/`, named in `run.ts`; its floors stand in `floors.ts`. */
export type Scenario = {
  name: string
  what: string
  run: (stage: Stage) => Promise<Figure[]>
}

/** A town of the scenario's own, so that none measures what another left behind. */
export async function startTown({ stack }: Stage): Promise<{ town: TownProcess; inside: Inside }> {
  const town = stack.use(await openTown())
  await town.start()
  return { town, inside: stack.use(await openInside(town)) }
}

/** Requests in flight where a server is asked for all that it can do: more than two cores can work on at once. */
export const SENDERS = 16

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** A figure that counts only when everything was answered as it should be. */
export function requireAnswered(what: string, failed: number): void {
  if (failed > 0) throw new Error(`${failed} requests of "${what}" were not answered as they should be`)
}
