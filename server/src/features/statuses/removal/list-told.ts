import { listFollowerInboxes } from '#features/relationships'
import { listInboxesOf } from '#federation'
import { isId, type Id } from '#lib/id'
import type { Context } from '#platform/context'
import { findNoteParts } from '../note.ts'
import { listRecipients } from '../recipients.ts'

export type PostEffect = { ids: Id[]; inboxes: string[] }

/**
 * Which of an author's posts removing or covering would change, and where that would be told: what `removeStatuses` and
 * `markStatuses` then do. Posts of other servers are changed here alone.
 */
export async function previewPosts(
  ctx: Context,
  authorId: Id,
  ids: readonly string[],
  act: 'delete' | 'mark',
): Promise<PostEffect> {
  const rows = await ctx.db
    .selectFrom('statuses')
    .select(['id', 'visibility', 'is_local', 'sensitive'])
    .where('id', '=', (eb) => eb.fn.any(eb.val(ids.filter(isId))))
    .where('account_id', '=', authorId)
    .where('reblog_of_id', 'is', null)
    .where('state', '=', 'live')
    .execute()
  const changed = rows.filter((row) => act === 'delete' || !row.sensitive)
  const inboxes: string[] = []
  for (const row of changed.filter((one) => one.is_local)) {
    inboxes.push(...(await listInboxesOf(ctx, row.id)))
    if (act === 'delete' && row.visibility !== 'direct') inboxes.push(...(await listFollowerInboxes(ctx, authorId)))
    const parts = act === 'mark' ? await findNoteParts(ctx, row.id) : undefined
    if (parts) inboxes.push(...(await listRecipients(ctx, parts)))
  }
  return { ids: changed.map((row) => row.id), inboxes: [...new Set(inboxes)] }
}
