import { isShortcode } from '@hamlet/contract/text'
import { fileOf, idOf, listOf, isJson, textOf, timeOf, typeOf, type Json } from './json.ts'

/** A picture with a name, as an object of another server brings it along; `uri` is null where they have no address. */
export type RemoteEmoji = { shortcode: string; uri: string | null; url: string; updated: Date | undefined }

/** Somebody with a point to make may fill a post with them; more than that is no point. */
const MOST = 100
const MOST_TAGS = 400

/**
 * The emoji among the tags of an object, each name once. Names come with and without colons, pictures as objects and as
 * addresses (federation.md b.5); what has no usable name or picture is passed over.
 */
export function readEmojis(tag: unknown, now: Date): RemoteEmoji[] {
  const found = new Map<string, RemoteEmoji>()
  for (const one of listOf(tag, MOST_TAGS)) {
    const emoji = isJson(one) && typeOf(one) === 'Emoji' ? readEmoji(one, now) : undefined
    if (emoji && !found.has(emoji.shortcode)) found.set(emoji.shortcode, emoji)
    if (found.size === MOST) break
  }
  return [...found.values()]
}

function readEmoji(raw: Json, now: Date): RemoteEmoji | undefined {
  const shortcode = (textOf(raw.name, 200) ?? '').replaceAll(':', '')
  const file = fileOf(raw.icon)
  if (!file || !isShortcode(shortcode)) return undefined
  return { shortcode, uri: idOf(raw.id) ?? null, url: file.url, updated: timeOf(raw.updated, now) }
}
