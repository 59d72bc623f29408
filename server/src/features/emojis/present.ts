import type { CustomEmoji, EmojiPack, TeamEmoji } from '@hamlet/contract/emoji'
import { findShortcodes } from '@hamlet/contract/text'
import { pictureAddress } from '#features/media'
import type { Context } from '#platform/context'
import type { PackRow } from './packs/store.ts'
import { findEmojisByName, type EmojiName, type EmojiRow } from './store.ts'
import type { TeamRow } from './team/store.ts'

/** What somebody wrote, in HTML or as it is, and the server whose emoji may stand in it. */
export type EmojiTexts = { host: string; texts: readonly string[] }

/**
 * The emoji that stand in the texts of each of many posts or profiles, in their order of appearance. One query for all
 * of them together, none where nobody wrote any.
 */
export async function presentEmojisIn(ctx: Context, many: readonly EmojiTexts[]): Promise<CustomEmoji[][]> {
  const names = many.map(({ host, texts }) => namesIn(host, texts))
  const all = new Map(names.flat().map((name) => [keyOf(name), name]))
  const found = await findEmojisByName(ctx, [...all.values()])
  const byName = new Map(found.map((row) => [keyOf(row), presentEmoji(ctx, row)]))
  return names.map((some) => some.map((name) => byName.get(keyOf(name))).filter((emoji) => emoji !== undefined))
}

function namesIn(host: string, texts: readonly string[]): EmojiName[] {
  const shortcodes = texts.flatMap((text) => findShortcodes(text).map((one) => one.shortcode))
  return [...new Set(shortcodes)].map((shortcode) => ({ host, shortcode }))
}

function keyOf({ host, shortcode }: EmojiName): string {
  return `${shortcode}@${host}`
}

export function presentEmoji(ctx: Context, row: EmojiRow): CustomEmoji {
  return {
    shortcode: row.shortcode,
    ...presentAddresses(ctx, row),
    visible_in_picker: row.visible_in_picker,
  }
}

/** As the list of this server's own has it. */
export function presentListedEmoji(ctx: Context, row: EmojiRow): CustomEmoji {
  return {
    ...presentEmoji(ctx, row),
    ...(row.category === null ? {} : { category: row.category, featured: false }),
  }
}

/** Emoji of other servers are shown from here, as all their pictures are. */
function presentAddresses(ctx: Context, row: EmojiRow): Pick<CustomEmoji, 'url' | 'static_url'> {
  if (row.original_key !== null) {
    const url = ctx.blobs.url(row.original_key)
    return { url, static_url: row.static_key === null ? url : ctx.blobs.url(row.static_key) }
  }
  const picture = { kind: 'emoji', subjectId: row.id, url: row.remote_url ?? '' } as const
  return { url: pictureAddress(ctx, picture, 'original'), static_url: pictureAddress(ctx, picture, 'small') }
}

export function presentForTeam(ctx: Context, row: TeamRow): TeamEmoji {
  const { id, shortcode, category, visible_in_picker, disabled, is_here, updated_at } = row
  return {
    id,
    shortcode,
    ...presentAddresses(ctx, row),
    host: row.is_local ? null : row.host,
    category,
    visible_in_picker,
    disabled,
    is_here,
    updated_at,
  }
}

export function presentPack({
  id,
  file_name,
  created_at,
  finished_at,
  total,
  done,
  added,
  problems,
}: PackRow): EmojiPack {
  return {
    id,
    file_name,
    state: finished_at === null ? 'running' : 'finished',
    total,
    done,
    added,
    created_at,
    problems,
  }
}
