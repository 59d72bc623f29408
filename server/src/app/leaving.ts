import { findPeopleOf, countPeopleOf } from '#features/accounts'
import { finishPurge, notePurged } from '#features/domains'
import { eraseServerTraffic } from '#federation'
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

const CHUNK = 20

/**
 * Everything of a server, and of those below its name: person by person, then what is kept of the server itself. It may
 * be interrupted at any moment; whoever goes on takes up those who are left.
 */
export async function purgeServerNow(
  ctx: Context,
  host: string,
  tell: (left: number) => void = () => {},
): Promise<void> {
  for (;;) {
    const left = await countPeopleOf(ctx, host)
    await notePurged(ctx, host, left)
    tell(left)
    const people = left > 0 ? await findPeopleOf(ctx, host, CHUNK) : []
    if (people.length === 0) break
    for (const id of people) await eraseAccountNow(ctx, id)
  }
  const { rooms } = await import('./rooms.ts')
  for (const { eraseServer } of rooms) if (eraseServer) await transact(ctx, (tx) => eraseServer(tx, host))
  await transact(ctx, (tx) => eraseServerTraffic(tx, host))
  await finishPurge(ctx, host)
}

export const purgeServerData = defineJob<{ host: string }>({
  name: 'app.purge-server',
  class: 'slow',
  maxAttempts: 20,
  orderingKey: ({ host }) => `purge:${host}`,
  run: (ctx, { host }) => purgeServerNow(ctx, host),
})
