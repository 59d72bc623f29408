import type { MediaAttachment, MediaSize } from '@hamlet/contract/media'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { pictureAddress } from './remote/address.ts'
import { listLooseMedia, listMediaOf, type MediaRow } from './store.ts'

/** What each status carries, as JSON. One query, however many statuses. */
export async function presentMediaOf(ctx: Context, statusIds: readonly Id[]): Promise<Map<Id, MediaAttachment[]>> {
  const rows = await listMediaOf(ctx, statusIds)
  return new Map([...rows].map(([id, media]) => [id, media.map((row) => presentMedia(ctx, row))]))
}

/** An account's own uploads that no post holds, by id, as JSON. One query, however many. */
export async function presentOwnMedia(
  ctx: Context,
  accountId: Id,
  ids: readonly Id[],
): Promise<Map<Id, MediaAttachment>> {
  const rows = await listLooseMedia(ctx, accountId, ids)
  return new Map(rows.map((row) => [row.id, presentMedia(ctx, row)]))
}

export function presentMedia(ctx: Context, row: MediaRow): MediaAttachment {
  const original = presentSize(row.width, row.height)
  const small = presentSize(row.small_width, row.small_height)
  const { url, previewUrl } = presentAddresses(ctx, row)
  return {
    id: row.id,
    type: row.type as MediaAttachment['type'],
    url,
    preview_url: previewUrl,
    remote_url: row.remote_url,
    preview_remote_url: null,
    text_url: null,
    meta: {
      ...(original ? { original } : {}),
      ...(small ? { small } : {}),
      focus: { x: row.focus_x, y: row.focus_y },
    },
    description: row.description,
    blurhash: row.blurhash,
  }
}

/** Pictures are shown from here, wherever they are; what is no picture lies at its origin, behind a link that people follow or not. */
function presentAddresses(ctx: Context, row: MediaRow): { url: string | null; previewUrl: string | null } {
  if (row.original_key !== null) {
    const url = ctx.blobs.url(row.original_key)
    return { url, previewUrl: row.small_key === null ? url : ctx.blobs.url(row.small_key) }
  }
  if (row.remote_url === null || row.type !== 'image') return { url: row.remote_url, previewUrl: null }
  const picture = { kind: 'attachment', subjectId: row.id, url: row.remote_url } as const
  return { url: pictureAddress(ctx, picture, 'original'), previewUrl: pictureAddress(ctx, picture, 'small') }
}

function presentSize(width: number | null, height: number | null): MediaSize | undefined {
  if (!width || !height) return undefined
  return { width, height, size: `${width}x${height}`, aspect: width / height }
}
