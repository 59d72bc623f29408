import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { forgetPictures } from './remote/forget-pictures.ts'

const CHUNK = 500

/** How many pictures of other servers nobody has asked for since a moment, and their bytes. */
export async function countOldPictures(ctx: Context, before: Date): Promise<{ count: number; bytes: number }> {
  const found = await sql<{ count: number; bytes: number }>`
    select count(*)::int as count, coalesce(sum(bytes), 0)::float8 as bytes from remote_pictures
    where original_key is not null and asked_at < ${before.toISOString()}::timestamptz`.execute(ctx.db)
  return found.rows[0] ?? { count: 0, bytes: 0 }
}

/** Lets go of them; whoever looks again has them fetched again. Gives how many went. */
export async function dropOldPictures(ctx: Context, before: Date, tell: (done: number) => void): Promise<number> {
  const which = sql`signature in (select signature from remote_pictures
    where asked_at < ${before.toISOString()}::timestamptz limit ${CHUNK})`
  let all = 0
  for (let gone = CHUNK; gone === CHUNK; tell(all)) {
    gone = await transact(ctx, (tx) => forgetPictures(tx, which))
    all += gone
  }
  return all
}

export type FileOwner = {
  kind: 'post' | 'upload' | 'remote'
  accountId: Id | null
  statusId: Id | null
  host: string | null
}

/** Whose a file is, by its key. */
export async function findOwnerOfFile(ctx: Context, key: string): Promise<FileOwner | undefined> {
  const found = await sql<FileOwner>`
    select case when status_id is null then 'upload' else 'post' end as kind, account_id as "accountId",
      status_id as "statusId", null as host
    from media where original_key = ${key} or small_key = ${key}
    union all
    select 'remote', account_id, null, host from remote_pictures where original_key = ${key} or small_key = ${key}
    limit 1`.execute(ctx.db)
  return found.rows[0]
}

/** Lets what is kept of a server's pictures be fetched anew. Gives how many. */
export async function refreshPicturesOf(ctx: Context, host: string): Promise<number> {
  return transact(ctx, (tx) => forgetPictures(tx, sql`host = ${host} or account_host = ${host}`))
}
