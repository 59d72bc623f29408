import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { defineJob } from '#platform/jobs'

/** Everything that any room keeps of an account, highest room first; may run again after an interruption. */
export async function eraseAccountNow(ctx: Context, accountId: Id): Promise<void> {
  // The list of rooms knows the job below; it is asked when there is something to do.
  const { rooms } = await import('./rooms.ts')
  for (const room of rooms) {
    const { erase } = room
    if (typeof erase === 'function') await transact(ctx, (tx) => erase(tx, accountId))
  }
}

export const eraseGoneAccount = defineJob<{ accountId: Id }>({
  name: 'app.erase-account',
  class: 'slow',
  run: (ctx, { accountId }) => eraseAccountNow(ctx, accountId),
})
