import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { insertParts, type Mentioned } from '../write/compose.ts'

type Words = {
  text: string
  content: string
  spoiler_text: string
  sensitive: boolean
  language: string | null
  quote_policy: string
  visibility?: string
  label?: string
}

/** Changes what a held post will say. There was no earlier version that anybody saw, so none is kept. */
export async function changeHeld(tx: Tx, statusId: Id, words: Words, mentioned: Mentioned[]): Promise<void> {
  await tx.db.updateTable('statuses').set(words).where('id', '=', statusId).execute()
  await tx.db.deleteFrom('mentions').where('status_id', '=', statusId).execute()
  await insertParts(tx, statusId, mentioned, [])
}
