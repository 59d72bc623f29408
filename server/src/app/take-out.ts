import { packTakeout } from '#features/archives'
import type { Id } from '#lib/id'
import { defineJob } from '#platform/jobs'

/** An archive of somebody: every room is asked for what it keeps of them. */
export const packAsked = defineJob<{ takeoutId: Id; accountId: Id }>({
  name: 'app.pack-takeout',
  class: 'slow',
  maxAttempts: 5,
  run: async (ctx, { takeoutId }) => {
    // The list of rooms knows this job; it is asked when there is something to do.
    const { rooms } = await import('./rooms.ts')
    await packTakeout(ctx, takeoutId, async function* (accountId) {
      for (const { name, takeout } of rooms)
        if (typeof takeout === 'function') yield [name, await takeout(ctx, accountId)]
    })
  },
})
