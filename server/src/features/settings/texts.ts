import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'

/** What a team says at length, as it typed it. */
export const textNames = ['extended_description', 'privacy_policy', 'terms_of_service'] as const
export type TextName = (typeof textNames)[number]
export type SiteText = { text: string; updated_at: string | null }

const LONGEST = 50_000

/** All of them; one that nobody has written is empty. One query. */
export async function readTexts(ctx: Context): Promise<Record<TextName, SiteText>> {
  const rows = await ctx.db
    .selectFrom('settings')
    .select(['key', 'value', 'updated_at'])
    .where('key', '=', (eb) => eb.fn.any(eb.val([...textNames])))
    .execute()
  const written = new Map(rows.map((row) => [row.key, { text: row.value as string, updated_at: row.updated_at }]))
  const read = (name: TextName) => written.get(name) ?? { text: '', updated_at: null }
  return {
    extended_description: read('extended_description'),
    privacy_policy: read('privacy_policy'),
    terms_of_service: read('terms_of_service'),
  }
}

export function isTextName(name: string): name is TextName {
  return textNames.includes(name as TextName)
}

/** Writes one of them; nothing takes it away, so that it counts as never written. */
export async function writeText(ctx: Context, name: TextName, text: string): Promise<void> {
  const words = text.replaceAll('\0', '').trim()
  if (words.length > LONGEST) throw new Refusal('invalid', `${name} may have ${LONGEST} characters at most.`)
  if (words === '') {
    await ctx.db.deleteFrom('settings').where('key', '=', name).execute()
    return
  }
  const row = { key: name, value: JSON.stringify(words), updated_at: ctx.clock.now().toISOString() }
  await ctx.db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: row.value, updated_at: row.updated_at }))
    .execute()
}
