import { sql } from 'kysely'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import type { DrawnFile } from '#platform/images'
import type { Id } from '#lib/id'
import type { PictureKind } from './address.ts'
import { HOST_PAUSE_MS, type PictureRow } from './store.ts'

type KeptFile = DrawnFile & { key: string }
export type KeptPicture = { original: KeptFile; small: KeptFile | undefined; blurhash: string }

/** A picture of another server was drawn anew and is kept: this is how it looks. */
export const pictureKept = defineEvent<{
  kind: PictureKind
  subjectId: Id
  url: string
  width: number
  height: number
  blurhash: string
}>('media.picture-kept')

/** Writes down what was kept of a picture. False when its row is gone or holds files already: then these are nobody's. */
export async function keepDrawn(tx: Tx, picture: PictureRow, kept: KeptPicture): Promise<boolean> {
  const { original, small } = kept
  const written = await tx.db
    .updateTable('remote_pictures')
    .set({
      original_key: original.key,
      small_key: small?.key ?? null,
      bytes: original.content.length + (small?.content.length ?? 0),
      tried_at: tx.clock.now().toISOString(),
      ordered_at: null,
      retry_at: null,
      failures: 0,
      problem: null,
    })
    .where('signature', '=', picture.signature)
    .where('original_key', 'is', null)
    .returning('signature')
    .executeTakeFirst()
  if (!written) return false
  if (picture.kind === 'attachment') await describeAttachment(tx, picture, kept)
  const { kind, subject_id: subjectId, url } = picture
  const { width, height } = original
  await emit(tx, pictureKept, { kind, subjectId, url, width, height, blurhash: kept.blurhash })
  return true
}

/** The sizes are those that we show; a blur that the origin made is of the same picture. */
async function describeAttachment(tx: Tx, { subject_id }: PictureRow, kept: KeptPicture): Promise<void> {
  const { original, small, blurhash } = kept
  await tx.db
    .updateTable('media')
    .set((eb) => ({
      width: original.width,
      height: original.height,
      small_width: small?.width ?? null,
      small_height: small?.height ?? null,
      blurhash: eb.fn.coalesce('blurhash', sql<string>`${blurhash}`),
    }))
    .where('id', '=', subject_id)
    .execute()
}

/** A server that is down is asked again soon, a file that is useless hardly changes. Each failure waits four times as long. */
const REST_MS: Record<string, number> = { network: HOST_PAUSE_MS, timeout: HOST_PAUSE_MS, status: 10 * 60_000 }
const LONG_REST_MS = 6 * 3_600_000
const LONGEST_REST_MS = 7 * 24 * 3_600_000

/** Writes a failure down, and until when nobody asks again. */
export async function restAfter(ctx: Context, picture: PictureRow, problem: string): Promise<void> {
  const now = ctx.clock.now()
  const restMs = Math.min((REST_MS[problem] ?? LONG_REST_MS) * 4 ** picture.failures, LONGEST_REST_MS)
  await ctx.db
    .updateTable('remote_pictures')
    .set({
      problem,
      failures: picture.failures + 1,
      tried_at: now.toISOString(),
      retry_at: new Date(now.getTime() + restMs).toISOString(),
      ordered_at: null,
    })
    .where('signature', '=', picture.signature)
    .execute()
}

/** Nothing was asked, since its server just gave no answer to another question: that is no failure of this picture. */
export async function postpone(ctx: Context, { signature }: PictureRow): Promise<void> {
  await ctx.db
    .updateTable('remote_pictures')
    .set({ retry_at: new Date(ctx.clock.now().getTime() + HOST_PAUSE_MS).toISOString(), ordered_at: null })
    .where('signature', '=', signature)
    .execute()
}
