import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

/** SHA-256 of a file's bytes, by which the same picture is known again. */
export async function readDigest(path: string): Promise<Buffer> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest()
}

/** What this person wrote of the same picture the last time that they described it; nobody else's words are looked at. */
export async function recallDescription(ctx: Context, accountId: Id, mediaId: Id): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('media')
    .innerJoin('media as known', (join) =>
      join.onRef('known.account_id', '=', 'media.account_id').onRef('known.digest', '=', 'media.digest'),
    )
    .select('known.description')
    .where('media.id', '=', mediaId)
    .where('media.account_id', '=', accountId)
    .where('media.description', 'is', null)
    .where('known.description', 'is not', null)
    .orderBy('known.id', 'desc')
    .executeTakeFirst()
  return row?.description ?? undefined
}
