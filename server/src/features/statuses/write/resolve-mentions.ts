import { findEntities } from '@hamlet/contract/text'
import { findAccountByAcct, resolveHandle } from '#features/accounts'
import type { Context } from '#platform/context'

const MOST_LOOKED_UP = 8
const PATIENCE_MS = 6000

/**
 * Looks up people of other servers whom a text names and nobody here knows yet, before the post is written: a mention of
 * a stranger would otherwise reach nobody. Whoever does not answer in time stays plain text.
 */
export async function resolveMentions(ctx: Context, text: string): Promise<void> {
  const handles = findEntities(text).flatMap((entity) =>
    entity.kind === 'mention' && entity.domain ? [`${entity.username}@${entity.domain}`] : [],
  )
  const unknown: string[] = []
  for (const handle of new Set(handles)) {
    if (unknown.length >= MOST_LOOKED_UP) break
    if (!(await findAccountByAcct(ctx, handle))) unknown.push(handle)
  }
  if (unknown.length === 0) return
  const patience = new Promise<void>((done) => setTimeout(done, PATIENCE_MS).unref())
  await Promise.race([patience, Promise.allSettled(unknown.map((handle) => resolveHandle(ctx, handle)))])
}
