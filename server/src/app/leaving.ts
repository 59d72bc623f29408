import { findPeopleOf, countPeopleOf } from '#features/accounts'
import { finishPurge, notePurged } from '#features/domains'
import { eraseServerTraffic, hasWaitingDeliveries } from '#federation'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'
import type { Room } from '#platform/room'

/** The room that holds the account itself, with the key that its last words are signed with. */
const LAST = 'accounts'

async function eraseFrom(ctx: Context, accountId: Id, belongs: (room: Room) => boolean): Promise<void> {
  // The list of rooms knows the job below; it is asked when there is something to do.
  const { rooms } = await import('./rooms.ts')
  for (const room of rooms.filter(belongs)) {
    const { erase } = room
    // oxlint-disable-next-line no-await-in-loop -- highest room first, each in its own transaction
    if (typeof erase === 'function') await transact(ctx, (tx) => erase(tx, accountId))
  }
}

/** Everything that any room keeps of an account, highest room first; may run again after an interruption. */
export async function eraseAccountNow(ctx: Context, accountId: Id): Promise<void> {
  await eraseFrom(ctx, accountId, () => true)
}

const LOOK_AGAIN_MS = 5 * 60_000
const WAIT_MS = 2 * 24 * 3_600_000

type Payload = { accountId: Id; since?: number }

/**
 * Erases an account in every room. The account itself stays as an empty shell until the servers that knew it have been
 * told that it is gone, two days at most: what they are told is signed with its key.
 */
export const eraseGoneAccount: JobKind<Payload> = defineJob<Payload>({
  name: 'app.erase-account',
  class: 'slow',
  // After the news of it.
  orderingKey: ({ accountId }) => `actor:${accountId}`,
  run: async (ctx, { accountId, since }) => {
    const now = ctx.clock.now().getTime()
    await eraseFrom(ctx, accountId, (room) => room.name !== LAST)
    const isWaiting = now - (since ?? now) < WAIT_MS && (await hasWaitingDeliveries(ctx, accountId))
    if (!isWaiting) return eraseFrom(ctx, accountId, (room) => room.name === LAST)
    const again = new Date(now + LOOK_AGAIN_MS)
    await transact(ctx, (tx) => enqueue(tx, eraseGoneAccount, { accountId, since: since ?? now }, again))
  },
})

/** Erases everything of an account of another server but the row that says that it is suspended. */
export const eraseEmptiedAccount = defineJob<{ accountId: Id }>({
  name: 'app.erase-emptied-account',
  class: 'slow',
  orderingKey: ({ accountId }) => `actor:${accountId}`,
  run: (ctx, { accountId }) => eraseFrom(ctx, accountId, (room) => room.name !== LAST),
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
