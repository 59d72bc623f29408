import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Id } from '#lib/id'
import { isId } from '#lib/id'
import type { Context } from '#platform/context'
import type { PictureKind } from './address.ts'

/** True in SQL for a host (a column or a parameter) whose pictures the team does not want to be shown here. */
export function isShutHost(host: unknown): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select 1 from
    (select p.severity, p.reject_media from domain_policies p where p.host = any(host_and_parents(${host}))
      order by length(p.host) desc limit 1) holds
    where holds.severity = 'suspend' or holds.reject_media)`
}

export async function hasShutHost(ctx: Context, hosts: readonly string[]): Promise<boolean> {
  const found = await sql`
    select 1 from unnest(${[...new Set(hosts)]}::text[]) h where ${isShutHost(sql.ref('h'))} limit 1`.execute(ctx.db)
  return found.rows.length > 0
}

/** A file of a post from elsewhere, as its row names it; undefined for uploads, for what is no picture, and what the team removed. */
export async function findRemoteMedia(ctx: Context, id: string): Promise<{ url: string; accountId: Id } | undefined> {
  if (!isId(id)) return undefined
  const row = await ctx.db
    .selectFrom('media')
    .select(['remote_url', 'account_id'])
    .where('id', '=', id)
    .where('type', '=', 'image')
    .where('post_withheld', '=', false)
    .executeTakeFirst()
  return row?.remote_url ? { url: row.remote_url, accountId: row.account_id } : undefined
}

export type PictureRow = NonNullable<Awaited<ReturnType<typeof findPicture>>>

export async function findPicture(ctx: Context, signature: string) {
  return ctx.db
    .selectFrom('remote_pictures')
    .select(['signature', 'subject_id', 'url', 'host', 'account_host', 'original_key', 'small_key'])
    .select(['asked_at', 'ordered_at', 'retry_at', 'failures'])
    .select((eb) => eb.ref('kind').$castTo<PictureKind>().as('kind'))
    .where('signature', '=', signature)
    .executeTakeFirst()
}

/** After a failure that may be the server's and not the file's, nothing is asked of it for so long. */
export const HOST_PAUSE_MS = 2 * 60_000

/** True when the last thing that a server was asked for did not come because the server itself gave no answer. */
export async function isHostDown(ctx: Context, host: string): Promise<boolean> {
  const since = new Date(ctx.clock.now().getTime() - HOST_PAUSE_MS).toISOString()
  const last = await ctx.db
    .selectFrom('remote_pictures')
    .select('problem')
    .where('host', '=', host)
    .where('tried_at', '>', since)
    .orderBy('tried_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.problem === 'network' || last?.problem === 'timeout'
}

/** Notes that somebody looked, once an hour at most: a read should not cost a write. */
export async function notePictureAsked(ctx: Context, { signature, asked_at }: PictureRow): Promise<void> {
  const now = ctx.clock.now()
  if (now.getTime() - Date.parse(asked_at) < ASKED_STEP_MS) return
  await ctx.db
    .updateTable('remote_pictures')
    .set({ asked_at: now.toISOString() })
    .where('signature', '=', signature)
    .execute()
}

const ASKED_STEP_MS = 3_600_000
