import type { MediaAttachment } from '@hamlet/contract/media'
import { savesData } from '../../app/reading.ts'
import type { Size } from './zoom.ts'

/**
 * The smallest version that fills what is drawn, in pixels of the screen; where data is saved, the original comes once
 * the reader looks closer.
 */
export function sourceOf(media: MediaAttachment, drawn: Size, scale: number): string {
  const { url, preview_url: preview, meta } = media
  if (preview === null || url === null || preview === url) return url ?? preview ?? ''
  if (savesData() && scale === 1) return preview
  const wanted = drawn.width * scale * (globalThis.devicePixelRatio || 1)
  return (meta.small?.width ?? 0) >= wanted ? preview : url
}

/** How large a picture is by what the server knows; a guess of its shape where that is unknown. */
export function sizeOf({ meta }: MediaAttachment): Size | undefined {
  const size = meta.original ?? meta.small
  return size && { width: size.width, height: size.height }
}

/** Fetches the pictures beside one, so that the next is there when it is asked for; never where data is saved. */
export function preload(list: readonly MediaAttachment[], index: number, stage: Size): void {
  if (savesData()) return
  for (const media of [list[index + 1], list[index - 1]]) {
    if (media?.type !== 'image') continue
    new Image().src = sourceOf(media, stage, 1)
  }
}

/** Whether a file lies at this server: what does not is never fetched from elsewhere, only linked. */
export function isHere({ url }: MediaAttachment): boolean {
  return url !== null && new URL(url, location.href).origin === location.origin
}
