import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { defineJob, enqueue } from '#platform/jobs'

type Which = { statusIds: readonly Id[] } | { accountId: Id }

/**
 * Files follow what their rows say once that is durable: withheld ones are under no address, and come back to the same one
 * when nothing withholds them any more. It may run twice, and late: what holds then counts.
 */
export const settleFiles = defineJob<{ statusIds?: Id[]; accountId?: Id }>({
  name: 'media.settle-files',
  class: 'default',
  run: async (ctx, { statusIds, accountId }) => {
    const rows = await ctx.db
      .selectFrom('media')
      .select(['original_key', 'small_key', 'post_withheld', 'owner_withheld'])
      .where((eb) =>
        accountId === undefined
          ? eb('status_id', '=', eb.fn.any(eb.val(statusIds ?? [])))
          : eb('account_id', '=', accountId),
      )
      .execute()
    for (const row of rows)
      await moveFiles(ctx, [row.original_key, row.small_key], row.post_withheld || row.owner_withheld)
  },
})

/** Takes files from their public addresses, or puts them back. */
export async function moveFiles(ctx: Context, keys: readonly (string | null)[], isWithheld: boolean): Promise<void> {
  for (const key of keys)
    // oxlint-disable-next-line no-await-in-loop -- a pair of files
    if (key !== null) await (isWithheld ? ctx.blobs.withhold(key) : ctx.blobs.release(key))
}

/** The media of posts that the team removes, or gives back: nobody gets at them by their addresses meanwhile. */
export async function withholdMediaOf(tx: Tx, statusIds: readonly Id[], isOn: boolean): Promise<void> {
  if (statusIds.length === 0) return
  await mark(tx, { statusIds }, { post_withheld: isOn })
}

/** All media of somebody who is suspended, or let in again. */
export async function withholdOwned(tx: Tx, accountId: Id, isOn: boolean): Promise<void> {
  await mark(tx, { accountId }, { owner_withheld: isOn })
}

async function mark(tx: Tx, which: Which, set: { post_withheld: boolean } | { owner_withheld: boolean }) {
  const marked = await tx.db
    .updateTable('media')
    .set(set)
    .where((eb) =>
      'accountId' in which
        ? eb('account_id', '=', which.accountId)
        : eb('status_id', '=', eb.fn.any(eb.val([...which.statusIds]))),
    )
    .returning('id')
    .execute()
  if (marked.length === 0) return
  await enqueue(
    tx,
    settleFiles,
    'accountId' in which ? { accountId: which.accountId } : { statusIds: [...which.statusIds] },
  )
}
