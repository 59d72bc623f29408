import { isShortcode } from '@hamlet/contract/text'
import { requireLocalDomain } from '#features/domains'
import { dropFiles, keepEmojiPicture } from '#features/media'
import { makeId, type Id } from '#lib/id'
import { invalid, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'

export type NewEmoji = {
  shortcode: string
  /** The picture: its file, or its bytes. */
  path: string | Uint8Array
  category?: string | undefined
  /** False keeps it out of what people are offered; whoever knows its name can write it. */
  isListed?: boolean | undefined
  /** Gives an emoji that has this name already the new picture. */
  replaces?: boolean | undefined
}

const LONGEST_CATEGORY = 100

/** Reads a name with or without its colons. Refuses what no text can hold as one. */
export function readShortcode(text: string): string {
  const shortcode = text.trim().replace(/^:(.*):$/, '$1')
  if (!isShortcode(shortcode))
    throw invalid(`"${text}" is no name for an emoji: 2 to 128 letters from a to z, digits and underscores`)
  return shortcode
}

export const readCategory = (text: string | null | undefined): string | null =>
  text?.trim().slice(0, LONGEST_CATEGORY) || null

/**
 * Gives this server an emoji of its own, drawn anew. Refuses what is no picture, and a name that is taken. `also` is
 * done in the same transaction.
 */
export async function addEmoji(
  ctx: Context,
  input: NewEmoji,
  also?: (tx: Tx, id: Id, shortcode: string) => Promise<void>,
): Promise<{ id: Id; shortcode: string }> {
  const shortcode = readShortcode(input.shortcode)
  const category = readCategory(input.category)
  const kept = await keepEmojiPicture(ctx, input.path)
  let id: Id | undefined
  try {
    id = await transact(ctx, async (tx) => {
      const stored = await store(tx, { ...input, shortcode, category }, kept)
      await also?.(tx, stored, shortcode)
      return stored
    })
  } finally {
    // No row names the files, so nobody would miss them.
    if (id === undefined)
      for (const key of [kept.originalKey, kept.staticKey])
        if (key !== null) await ctx.blobs.delete(key).catch(() => {})
  }
  return { id, shortcode }
}

type Kept = { originalKey: string; staticKey: string | null }

type Named = Omit<NewEmoji, 'category'> & { category: string | null }

async function store(tx: Tx, emoji: Named, kept: Kept): Promise<Id> {
  const domain = await requireLocalDomain(tx)
  const before = await tx.db
    .selectFrom('custom_emojis')
    .select(['id', 'original_key', 'static_key'])
    .where('domain_id', '=', domain.id)
    .where('shortcode', '=', emoji.shortcode)
    .forUpdate()
    .executeTakeFirst()
  if (before && !emoji.replaces) throw taken(emoji.shortcode)
  const values = {
    category: emoji.category,
    visible_in_picker: emoji.isListed ?? true,
    disabled: false,
    original_key: kept.originalKey,
    static_key: kept.staticKey,
    updated_at: tx.clock.now().toISOString(),
  }
  if (!before) return insert(tx, { domainId: domain.id, shortcode: emoji.shortcode }, values)
  await tx.db.updateTable('custom_emojis').set(values).where('id', '=', before.id).execute()
  await dropFiles(tx, [before.original_key, before.static_key])
  return before.id
}

type Values = { original_key: string; updated_at: string; category: string | null; visible_in_picker: boolean }

async function insert(
  tx: Tx,
  { domainId, shortcode }: { domainId: Id; shortcode: string },
  values: Values,
): Promise<Id> {
  const id = makeId(tx.clock.now().getTime())
  const made = await tx.db
    .insertInto('custom_emojis')
    .values({
      id,
      domain_id: domainId,
      shortcode,
      uri: `${tx.config.url}/emojis/${id}`,
      created_at: values.updated_at,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['domain_id', 'shortcode']).doNothing())
    .returning('id')
    .executeTakeFirst()
  // Somebody else took the name at this moment.
  if (!made) throw taken(shortcode)
  return made.id
}

function taken(shortcode: string): Refusal {
  return new Refusal('conflict', `There is an emoji :${shortcode}: already`)
}
