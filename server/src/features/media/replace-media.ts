import { isId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { attachMedia, detachMedia } from './attach-media.ts'
import { readDetails } from './details.ts'

export type MediaWords = { id: string; description?: string | undefined; focus?: string | undefined }

/** Makes these the pictures of a post that is edited, in this order, and changes their words. True when anything changed. */
export async function replaceMedia(
  tx: Tx,
  accountId: Id,
  statusId: Id,
  { ids, words }: { ids: readonly string[]; words: readonly MediaWords[] },
): Promise<boolean> {
  const before = await listHeld(tx, statusId)
  await detachMedia(tx, [statusId])
  await attachMedia(tx, accountId, statusId, ids)
  let isChanged = before.map((row) => row.id).join() !== [...new Set(ids)].join()
  for (const word of words.filter((one) => ids.includes(one.id) && isId(one.id))) {
    const { description, focus } = readDetails(word)
    const change = {
      ...(description === undefined ? {} : { description }),
      ...(focus ? { focus_x: focus.x, focus_y: focus.y } : {}),
    }
    if (Object.keys(change).length === 0) continue
    const known = before.find((row) => row.id === word.id)
    isChanged ||= description !== undefined && description !== known?.description
    isChanged ||= focus !== undefined && (focus.x !== known?.focus_x || focus.y !== known?.focus_y)
    await tx.db.updateTable('media').set(change).where('id', '=', word.id).execute()
  }
  return isChanged
}

function listHeld(tx: Tx, statusId: Id) {
  return tx.db
    .selectFrom('media')
    .select(['id', 'description', 'focus_x', 'focus_y'])
    .where('status_id', '=', statusId)
    .orderBy('position')
    .execute()
}
