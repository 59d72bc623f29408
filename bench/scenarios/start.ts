import { openTown } from '../../scripts/town-process.ts'
import type { Scenario } from '../scenario.ts'

/** From the command to `/health/ready`: in an empty folder, after a clean stop, and after kill -9. */
export const start: Scenario = {
  name: 'start',
  what: 'milliseconds until the server can serve',
  run: async ({ stack }) => {
    // The web app is built by whoever starts first; that is not the server's start.
    const builder = await openTown()
    await builder.start()
    await builder[Symbol.asyncDispose]()
    const town = stack.use(await openTown())
    const first = await town.start()
    await town.stop()
    const later = await town.start()
    await town.kill()
    const killed = await town.start()
    return [
      { id: 'start.first', what: 'first start, in an empty folder', value: first, unit: 'ms' },
      { id: 'start.later', what: 'later start, database and all', value: later, unit: 'ms' },
      { id: 'start.killed', what: 'start after kill -9', value: killed, unit: 'ms' },
    ]
  },
}
