import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import type { Context } from '#platform/context'

const columns = [
  'id',
  'account_id',
  'status_id',
  'type',
  'content_type',
  'original_key',
  'small_key',
  'remote_url',
  'width',
  'height',
  'small_width',
  'small_height',
  'focus_x',
  'focus_y',
  'description',
  'blurhash',
] as const

export type MediaRow = NonNullable<Awaited<ReturnType<typeof findOwnMedia>>>

/** An upload as its owner finds it; somebody else's is not there. */
export async function findOwnMedia(ctx: Context, accountId: Id, id: string) {
  if (!isId(id)) return undefined
  return ctx.db
    .selectFrom('media')
    .select(columns)
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}

/** Of these uploads, an account's own that no post holds. One query, however many. */
export async function listLooseMedia(ctx: Context, accountId: Id, ids: readonly Id[]): Promise<MediaRow[]> {
  if (ids.length === 0) return []
  return ctx.db
    .selectFrom('media')
    .select(columns)
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .where('account_id', '=', accountId)
    .where('status_id', 'is', null)
    .execute()
}

/** What each status carries, in its order. One query, however many statuses. */
export async function listMediaOf(ctx: Context, statusIds: readonly Id[]): Promise<Map<Id, MediaRow[]>> {
  const rows = await ctx.db
    .selectFrom('media')
    .select(columns)
    .where('status_id', '=', sql<string>`any(${[...statusIds]}::bigint[])`)
    .orderBy('status_id')
    .orderBy('position')
    .execute()
  const grouped = new Map<Id, MediaRow[]>()
  for (const row of rows) {
    if (row.status_id !== null) grouped.set(row.status_id, [...(grouped.get(row.status_id) ?? []), row])
  }
  return grouped
}
