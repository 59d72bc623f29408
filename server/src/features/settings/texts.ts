import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'

/** What a team says at length, as it typed it. The terms of service have versions (terms.ts). */
export const textNames = ['extended_description', 'privacy_policy', 'terms_of_service'] as const
export type TextName = (typeof textNames)[number]
export type SiteText = { text: string; updated_at: string | null }

export const LONGEST_TEXT = 50_000

/** All of them, of the terms those that count today; one that nobody has written is empty. One query. */
export async function readTexts(ctx: Context): Promise<Record<TextName, SiteText>> {
  const today = ctx.clock.now().toISOString().slice(0, 10)
  const { rows } = await sql<{ key: string; text: string; updated_at: string }>`
    select key, value #>> '{}' as text, updated_at from settings where key in ('extended_description', 'privacy_policy')
    union all (select 'terms_of_service', text, updated_at from terms_versions
      where published_at is not null and effective_on <= ${today}::date order by effective_on desc limit 1)`.execute(
    ctx.db,
  )
  const written = new Map(rows.map(({ key, ...one }) => [key, one]))
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

type Kept = Exclude<TextName, 'terms_of_service'>
export const isKeptText = (name: string): name is Kept => isTextName(name) && name !== 'terms_of_service'

/** Writes one of them; nothing takes it away, so that it counts as never written. */
export async function writeText(ctx: Context, name: Kept, text: string): Promise<void> {
  const words = readText(name, text)
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

/** The same by somebody of the team; the log keeps what it said before. Nothing new is no change. */
export async function changeText(tx: Tx, actorId: Id, name: Kept, text: string): Promise<void> {
  await sql`lock table settings in share row exclusive mode`.execute(tx.db)
  const before = (await readTexts(tx))[name].text
  const after = readText(name, text)
  if (before === after) return
  await writeText(tx, name, after)
  const details = { before, after }
  await writeAudit(tx, { actorId, action: 'settings.text', targetType: 'settings', label: name, details })
}

export function readText(name: string, text: string): string {
  const words = text.replaceAll('\0', '').toWellFormed().trim()
  if (words.length > LONGEST_TEXT) throw new Refusal('invalid', `${name} may have ${LONGEST_TEXT} characters at most.`)
  return words
}
