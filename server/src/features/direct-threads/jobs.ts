import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { gatherMessages } from './gather-messages.ts'
import { dropMessages } from './drop-messages.ts'

/** What somebody here writes stands in their own thread at once. */
export const keepOwnMessage = defineJob<{ statusId: Id; authorId: Id }>({
  name: 'direct-threads.keep-own-message',
  run: (ctx, { statusId, authorId }) =>
    transact(ctx, async (tx) => {
      // Held until the end, so that its deletion comes after.
      await sql`select 1 from statuses where id = ${statusId} for share`.execute(tx.db)
      await gatherMessages(tx, [{ accountId: authorId, statusId, isQuiet: false }])
    }),
})

export const forgetMessage = defineJob<{ statusId: Id }>({
  name: 'direct-threads.forget-message',
  run: (ctx, { statusId }) => transact(ctx, (tx) => dropMessages(tx, sql`m.status_id = ${statusId}`)),
})

/** A block takes along the threads with the blocked person. */
export const forgetThreadsWith = defineJob<{ accountId: Id; targetId: Id }>({
  name: 'direct-threads.forget-threads-with',
  run: async (ctx, { accountId, targetId }) => {
    await sql`delete from direct_threads t where t.account_id = ${accountId} and exists (
      select 1 from direct_thread_accounts p where p.thread_id = t.id and p.account_id = ${targetId})`.execute(ctx.db)
  },
})
