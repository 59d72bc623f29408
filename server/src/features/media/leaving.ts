import type { Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { dropFiles } from './attach.ts'

export async function eraseMedia(tx: Tx, accountId: Id): Promise<void> {
  const gone = await tx.db
    .deleteFrom('media')
    .where('account_id', '=', accountId)
    .returning(['file_key', 'preview_key'])
    .execute()
  await dropFiles(tx, gone)
}

export async function takeOutMedia(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const media = await ctx.db
    .selectFrom('media')
    .select(['id', 'file_key', 'description', 'created_at'])
    .where('account_id', '=', accountId)
    .execute()
  return { media: media.map(({ file_key, ...rest }) => ({ ...rest, url: file_key && ctx.blobs.url(file_key) })) }
}

const DAY_MS = 24 * 3_600_000

/** Uploads that no post used within a day. */
const prune = defineJob<Record<string, never>>({
  name: 'media.prune',
  class: 'slow',
  run: (ctx) =>
    transact(ctx, async (tx) => {
      const before = new Date(tx.clock.now().getTime() - DAY_MS).toISOString()
      const gone = await tx.db
        .deleteFrom('media')
        .where('status_id', 'is', null)
        .where('created_at', '<', before)
        .returning(['file_key', 'preview_key'])
        .execute()
      await dropFiles(tx, gone)
    }),
})

export const schedules: Schedule[] = [{ job: prune, everySeconds: 3_600 }]
