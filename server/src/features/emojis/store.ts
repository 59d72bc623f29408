import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

const columns = [
  'custom_emojis.id',
  'custom_emojis.shortcode',
  'custom_emojis.uri',
  'custom_emojis.category',
  'custom_emojis.visible_in_picker',
  'custom_emojis.disabled',
  'custom_emojis.original_key',
  'custom_emojis.static_key',
  'custom_emojis.remote_url',
  'custom_emojis.updated_at',
  'domains.host',
  'domains.is_local',
] as const

function selectEmojis({ db }: Pick<Context, 'db'>) {
  return db.selectFrom('custom_emojis').innerJoin('domains', 'domains.id', 'custom_emojis.domain_id').select(columns)
}

export type EmojiRow = NonNullable<Awaited<ReturnType<typeof findEmoji>>>

export async function findEmoji(ctx: Context, id: Id) {
  return selectEmojis(ctx).where('custom_emojis.id', '=', id).executeTakeFirst()
}

/** Every emoji of this server, by category and name; those that are not offered too. */
export async function listLocalEmojis(ctx: Context): Promise<EmojiRow[]> {
  return selectEmojis(ctx)
    .where('domains.is_local', '=', true)
    .orderBy('custom_emojis.category')
    .orderBy('custom_emojis.shortcode')
    .execute()
}

export type EmojiName = { host: string; shortcode: string }

/** Those of these emoji that there are and that are not disabled. One query, none for no names. */
export async function findEmojisByName(ctx: Context, names: readonly EmojiName[]): Promise<EmojiRow[]> {
  if (names.length === 0) return []
  const [hosts, shortcodes] = [names.map((one) => one.host), names.map((one) => one.shortcode)]
  return selectEmojis(ctx)
    .where('custom_emojis.disabled', '=', false)
    .where(
      sql<boolean>`(domains.host, custom_emojis.shortcode) in (select h, s from unnest(${hosts}::text[], ${shortcodes}::text[]) as wanted (h, s))`,
    )
    .execute()
}
