import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'

/** Everything that any room keeps of an account, highest room first; may run again after an interruption. */
export const eraseGoneAccount = defineJob<{ accountId: Id }>({
  name: 'app.erase-account',
  class: 'slow',
  run: async (ctx, { accountId }) => {
    // The list of rooms knows this job too; it is asked when the job runs.
    const { rooms } = await import('./rooms.ts')
    for (const room of rooms) {
      const { erase } = room
      if (typeof erase === 'function') await transact(ctx, (tx) => erase(tx, accountId))
    }
  },
})
