import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

const columns = [
  'id',
  'account_id',
  'status_id',
  'type',
  'media_type',
  'file_key',
  'preview_key',
  'remote_url',
  'description',
  'focus_x',
  'focus_y',
  'width',
  'height',
  'preview_width',
  'preview_height',
  'blurhash',
] as const

export type MediaRow = NonNullable<Awaited<ReturnType<typeof findMedia>>>

export async function findMedia(ctx: Context, id: Id) {
  return ctx.db.selectFrom('media').select(columns).where('id', '=', id).executeTakeFirst()
}

/** The pictures of each post, in order. One query, however many posts. */
export async function findMediaOf(ctx: Context, statusIds: readonly Id[]): Promise<Map<Id, MediaRow[]>> {
  const grouped = new Map<Id, MediaRow[]>()
  if (statusIds.length === 0) return grouped
  const rows = await ctx.db
    .selectFrom('media')
    .select(columns)
    .where('status_id', '=', sql<string>`any(${[...statusIds]}::bigint[])`)
    .orderBy('status_id')
    .orderBy('position')
    .execute()
  for (const row of rows) grouped.set(row.status_id ?? '', [...(grouped.get(row.status_id ?? '') ?? []), row])
  return grouped
}
