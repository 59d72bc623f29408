import { writeAudit } from '#features/audit'
import { findContentRule, markUndone, takeHits, takeHolds, type Before, type HitRow } from '#features/gates'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findStatus, type StatusRow } from '../store.ts'
import { decideHolds } from './decide-holds.ts'

/** A post was put back as its author wrote it. */
export const statusRestored = defineEvent<{ statusId: Id; authorId: Id; isLocal: boolean }>('statuses.restored')

/** So many in one transaction; whoever undoes more goes on where it ended. */
const AT_ONCE = 200

/**
 * Takes back what a rule did to one post, or to all of the last 30 days: what waits is let through, warnings, marks and
 * labels go, what was unlisted is public again. What was not taken in cannot come back; its author can send it again.
 * What somebody changed meanwhile stays as they left it. Gives how many were undone, and whether there are more.
 */
export async function undoHits(
  tx: Tx,
  actorId: Id,
  ruleId: Id,
  hitId?: Id,
): Promise<{ undone: number; hasMore: boolean }> {
  const rule = await findContentRule(tx, ruleId)
  if (!rule) throw notFound()
  const limit = hitId === undefined ? AT_ONCE : 1
  const hits = await takeHits(tx, ruleId, { ...(hitId === undefined ? {} : { id: hitId }), limit })
  await letThrough(tx, actorId, hits)
  for (const hit of hits) await restore(tx, hit)
  const ids = hits.map((hit) => hit.id)
  await markUndone(tx, actorId, ids)
  if (ids.length > 0)
    await writeAudit(tx, {
      actorId,
      action: 'content-rule.undo',
      targetType: 'content-rule',
      targetId: ruleId,
      label: rule.title,
      details: { hits: ids.length },
    })
  return { undone: ids.length, hasMore: hitId === undefined && hits.length === limit }
}

async function letThrough(tx: Tx, actorId: Id, hits: readonly HitRow[]): Promise<void> {
  const held = hits.filter((hit) => hit.effects.some((effect) => effect.kind === 'hold'))
  const holds = await takeHolds(
    tx,
    held.flatMap((hit) => (hit.status_id === null ? [] : [hit.status_id])),
    'status_id',
  )
  await decideHolds(
    tx,
    actorId,
    holds.map((hold) => hold.id),
    'approved',
  )
}

async function restore(tx: Tx, hit: HitRow): Promise<void> {
  if (hit.status_id === null || Object.keys(hit.before).length === 0) return
  await tx.db.selectFrom('statuses').select('id').where('id', '=', hit.status_id).forUpdate().execute()
  const row = await findStatus(tx, hit.status_id)
  const back = row ? backTo(hit, row) : {}
  if (!row || Object.keys(back).length === 0) return
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ ...back, version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .execute()
  if (row.state === 'live')
    await emit(tx, statusRestored, { statusId: row.id, authorId: row.account_id, isLocal: row.is_local })
}

/** What this rule's own effects changed, and nobody since. */
function backTo({ before, effects }: HitRow, row: StatusRow): Before {
  const back: Before = {}
  for (const effect of effects) {
    if (effect.kind === 'warn' && before.spoiler_text !== undefined && row.spoiler_text === effect.text)
      Object.assign(back, { spoiler_text: before.spoiler_text }, before.sensitive === false ? { sensitive: false } : {})
    if (effect.kind === 'sensitive' && before.sensitive === false && row.sensitive) back.sensitive = false
    if (effect.kind === 'unlist' && before.visibility !== undefined && row.visibility === 'unlisted')
      back.visibility = before.visibility
    if (effect.kind === 'label' && before.label !== undefined && row.label === effect.text) back.label = before.label
  }
  return back
}
