import { addNote } from '#features/domains'
import { transact } from '#platform/context'
import type { Person, TestTown } from './test-town.ts'

/** There is no other server to lose: what somebody lost is written down by hand, and a note of theirs about a server. */
export async function loseTies(town: TestTown, who: Person, others: readonly Person[]): Promise<void> {
  const { db, clock } = town.ctx
  const created_at = clock.now().toISOString()
  const lost = { type: 'user_domain_block', target_name: 'far.test', created_at, settled_at: created_at }
  await db
    .insertInto('severances')
    .values({ id: '1', ...lost, initiator_account_id: who.accountId })
    .execute()
  const counts = { following_count: 1, followers_count: 1 }
  await db
    .insertInto('severance_people')
    .values({ severance_id: '1', account_id: who.accountId, created_at, ...counts })
    .execute()
  for (const { accountId: target_account_id } of others)
    for (const [account_id, target] of [
      [who.accountId, target_account_id],
      [target_account_id, who.accountId],
    ] as const)
      await db
        .insertInto('severance_follows')
        .values({
          severance_id: '1',
          local_account_id: account_id,
          account_id,
          target_account_id: target,
          uri: 'https://far.test/1',
          show_reblogs: true,
          notify: false,
        })
        .execute()
  const [first] = others
  if (first)
    await db
      .insertInto('severed_follows')
      .values({
        id: '1',
        suspended_account_id: first.accountId,
        account_id: who.accountId,
        target_account_id: first.accountId,
        state: 'accepted',
        show_reblogs: true,
        notify: false,
        severed_at: created_at,
      })
      .execute()
  await transact(town.ctx, (tx) => addNote(tx, who.accountId, 'far.test', 'noisy'))
}
