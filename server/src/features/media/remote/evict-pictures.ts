import { sql, type RawBuilder } from 'kysely'
import { transact, type Context } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { forgetPictures } from './forget-pictures.ts'
import { isShutHost } from './store.ts'

const CHUNK = 500
const DAY_MS = 24 * 3_600_000
const BYTES_PER_MB = 1_048_576

/** Nothing here depends on a cache being complete: what goes is fetched again when somebody wants it. */
const evict = defineJob<Record<string, never>>({ name: 'media.evict-pictures', class: 'slow', run: evictPictures })

/** Lets go of pictures of servers that are shut out, of what nobody asks for, and of what is over the room for all. */
export async function evictPictures(ctx: Context): Promise<void> {
  const { pictureCacheDays, pictureCacheMegabytes } = ctx.config
  const before = new Date(ctx.clock.now().getTime() - pictureCacheDays * DAY_MS).toISOString()
  await evictAll(
    ctx,
    sql`from remote_pictures where ${isShutHost(sql.ref('remote_pictures.host'))} or ${isShutHost(sql.ref('remote_pictures.account_host'))}`,
  )
  await evictAll(ctx, sql`from remote_pictures where asked_at < ${before}::timestamptz`)
  await evictAll(
    ctx,
    sql`from (select signature, bytes, sum(bytes) over (order by asked_at desc, signature) as so_far from remote_pictures) counted
      where bytes > 0 and so_far > ${pictureCacheMegabytes * BYTES_PER_MB}::float8`,
  )
}

/** In chunks, so that no transaction is long and none holds rows that people look at. */
async function evictAll(ctx: Context, which: RawBuilder<unknown>): Promise<void> {
  let gone: number
  do
    gone = await transact(ctx, (tx) => forgetPictures(tx, sql`signature in (select signature ${which} limit ${CHUNK})`))
  while (gone === CHUNK)
}

export const evictSchedules: Schedule[] = [{ job: evict, everySeconds: 3_600 }]
