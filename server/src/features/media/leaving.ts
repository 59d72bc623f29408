import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { deleteMedia } from './jobs.ts'
import { forgetPicturesOf } from './remote/forget-pictures.ts'

/** Everything an account uploaded, and what is kept of its pictures elsewhere; files after commit. */
export async function eraseMedia(tx: Tx, accountId: Id): Promise<void> {
  const own = await tx.db.selectFrom('media').select('id').where('account_id', '=', accountId).execute()
  await deleteMedia(
    tx,
    own.map((row) => row.id),
  )
  await forgetPicturesOf(tx, accountId)
}

export async function takeOutMedia(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const rows = await ctx.db
    .selectFrom('media')
    .select(['id', 'status_id', 'original_key', 'content_type', 'description', 'created_at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  const media = rows.map(({ original_key, ...row }) => ({
    ...row,
    url: original_key === null ? null : ctx.blobs.url(original_key),
  }))
  return { media }
}
