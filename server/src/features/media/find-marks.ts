import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import type { Context } from '#platform/context'

export type MediaMark = {
  id: Id
  status_id: Id | null
  /** SHA-256 of the upload in hexadecimal; null for what came from elsewhere. */
  digest: string | null
  blurhash: string | null
  description: string | null
}

/** By what an account's pictures of these ids are known again. One query; none without pictures. */
export async function findMediaMarks(ctx: Context, accountId: Id, ids: readonly string[]): Promise<MediaMark[]> {
  const wanted = ids.filter(isId)
  if (wanted.length === 0) return []
  const found = await sql<MediaMark>`
    select id, status_id, encode(digest, 'hex') as digest, blurhash, description from media
    where id = any(${wanted}::bigint[]) and account_id = ${accountId}`.execute(ctx.db)
  return found.rows
}

/** By what the pictures of these posts are known again. One query; none without posts. */
export async function findMarksOfPosts(ctx: Context, statusIds: readonly Id[]): Promise<MediaMark[]> {
  if (statusIds.length === 0) return []
  const found = await sql<MediaMark>`
    select id, status_id, encode(digest, 'hex') as digest, blurhash, description from media
    where status_id = any(${[...statusIds]}::bigint[])`.execute(ctx.db)
  return found.rows
}
