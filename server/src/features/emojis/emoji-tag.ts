import { findShortcodes } from '@hamlet/contract/text'
import type { Context } from '#platform/context'
import { findEmojisByName, type EmojiRow } from './store.ts'

const MEDIA_TYPES: Record<string, string> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

/** An emoji of ours as other servers read it (federation.md i.3): always with its address, its date and its media type. */
export function renderEmoji(ctx: Context, row: EmojiRow) {
  const key = row.original_key ?? ''
  return {
    id: row.uri,
    type: 'Emoji',
    name: `:${row.shortcode}:`,
    updated: row.updated_at,
    icon: { type: 'Image', mediaType: MEDIA_TYPES[key.slice(key.lastIndexOf('.') + 1)], url: ctx.blobs.url(key) },
  }
}

/** The tags for emoji of ours that stand in what somebody here wrote. */
export async function renderEmojisIn(ctx: Context, texts: readonly string[]) {
  const shortcodes = new Set(texts.flatMap((text) => findShortcodes(text).map((one) => one.shortcode)))
  const names = [...shortcodes].map((shortcode) => ({ host: ctx.config.domain, shortcode }))
  return (await findEmojisByName(ctx, names)).filter((row) => row.is_local).map((row) => renderEmoji(ctx, row))
}
