import { findAccount } from '#features/accounts'
import { carryMemberships } from '#features/lists'
import { carryStance, followAccount, listLocalFollows, listOpinionated, unfollowAccount } from '#features/relationships'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'

const CHUNK = 100

type Payload = { accountId: Id; targetId: Id; step?: 'stances' | 'follows'; after?: Id }

/**
 * Whoever follows an account that moved follows the new one, in the way that they followed the old: lists, mutes, blocks
 * and notes go along first. Each person is one transaction, and a hundred people are one job: what interrupts it costs
 * nothing, and nobody is followed twice.
 */
export const followAlong: JobKind<Payload> = defineJob<Payload>({
  name: 'moves.follow-along',
  class: 'slow',
  orderingKey: ({ accountId }) => `move:${accountId}`,
  run: async (ctx, payload) => {
    const { accountId, targetId, step = 'stances', after = '0' } = payload
    const [old, target] = [await findAccount(ctx, accountId), await findAccount(ctx, targetId)]
    // Whoever came back meanwhile keeps whom they have.
    if (!old || !target || old.moved_to_account_id !== targetId) return
    const last = step === 'stances' ? await carryStances(ctx, payload, after) : await moveFollows(ctx, payload, after)
    const next =
      last === undefined ? (step === 'stances' ? { step: 'follows' as const } : undefined) : { step, after: last }
    if (next) await transact(ctx, (tx) => enqueue(tx, followAlong, { accountId, targetId, ...next }))
  },
})

async function carryStances(ctx: Context, { accountId, targetId }: Payload, after: Id): Promise<Id | undefined> {
  const people = await listOpinionated(ctx, accountId, after, CHUNK)
  // oxlint-disable-next-line no-await-in-loop -- one transaction after another
  for (const person of people) await tolerate(ctx, (tx) => carryStance(tx, person, accountId, targetId))
  return people.length === CHUNK ? people.at(-1) : undefined
}

async function moveFollows(ctx: Context, { accountId, targetId }: Payload, after: Id): Promise<Id | undefined> {
  const follows = await listLocalFollows(ctx, accountId, after, CHUNK)
  for (const { account_id: person, show_reblogs: reblogs, notify, languages } of follows)
    // oxlint-disable-next-line no-await-in-loop -- as above
    await tolerate(ctx, async (tx) => {
      if (person !== targetId) {
        await followAccount(tx, person, targetId, { reblogs, notify, languages: languages ?? [] })
        await carryMemberships(tx, person, accountId, targetId)
      }
      await unfollowAccount(tx, person, accountId)
    })
  return follows.length === CHUNK ? follows.at(-1)?.id : undefined
}

/** Who may not follow the new account goes on following the old. */
async function tolerate(ctx: Context, work: (tx: Tx) => Promise<void>): Promise<void> {
  await transact(ctx, work).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
}
