import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

export type MarkerName = 'home' | 'notifications' | 'hamlet_home_place'
export const markerNames: readonly MarkerName[] = ['home', 'notifications', 'hamlet_home_place']

/** How far a person has read. One query. */
export async function listMarkers(ctx: Context, accountId: Id) {
  return ctx.db
    .selectFrom('markers')
    .select(['timeline', 'last_read_id', 'version', 'updated_at'])
    .where('account_id', '=', accountId)
    .execute()
}

/** Up to where notifications are read; 0 when nothing was ever marked. */
export async function findReadUpTo(ctx: Context, accountId: Id): Promise<Id> {
  const row = await ctx.db
    .selectFrom('markers')
    .select('last_read_id')
    .where('account_id', '=', accountId)
    .where('timeline', '=', 'notifications')
    .executeTakeFirst()
  return row?.last_read_id ?? '0'
}

/** Moves a marker: where it stands is what was said last, also when that is further back. */
export async function setMarker(tx: Tx, accountId: Id, timeline: MarkerName, lastReadId: Id): Promise<void> {
  const change = { last_read_id: lastReadId, updated_at: tx.clock.now().toISOString() }
  await tx.db
    .insertInto('markers')
    .values({ account_id: accountId, timeline, ...change })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'timeline'])
        .doUpdateSet((eb) => ({ ...change, version: eb('markers.version', '+', 1) })),
    )
    .execute()
}

export async function eraseMarkers(tx: Tx, accountId: Id): Promise<void> {
  await tx.db.deleteFrom('markers').where('account_id', '=', accountId).execute()
}
