import type { MediaAttachment } from '@hamlet/contract/media'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { findMediaOf, type MediaRow } from './store.ts'

function size(width: number, height: number) {
  return { width, height, size: `${width}x${height}`, aspect: height === 0 ? 1 : width / height }
}

export function presentMedia(ctx: Context, row: MediaRow): MediaAttachment {
  const url = row.file_key ? ctx.blobs.url(row.file_key) : row.remote_url
  return {
    id: row.id,
    type: row.media_type.startsWith('image/') ? 'image' : 'unknown',
    url,
    preview_url: row.preview_key ? ctx.blobs.url(row.preview_key) : url,
    remote_url: row.remote_url,
    preview_remote_url: null,
    text_url: null,
    meta: {
      focus: { x: row.focus_x, y: row.focus_y },
      ...(row.width > 0 ? { original: size(row.width, row.height) } : {}),
      ...(row.preview_width > 0 ? { small: size(row.preview_width, row.preview_height) } : {}),
    },
    description: row.description,
    blurhash: row.blurhash,
  }
}

/** The pictures of each post as JSON. One query. */
export async function presentMediaOf(ctx: Context, statusIds: readonly Id[]): Promise<Map<Id, MediaAttachment[]>> {
  const rows = await findMediaOf(ctx, statusIds)
  return new Map([...rows].map(([id, found]) => [id, found.map((row) => presentMedia(ctx, row))]))
}
