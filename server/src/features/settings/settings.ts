import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'

const Shape = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 100 }),
  description: Type.String({ maxLength: 1000 }),
  contact_email: Type.String({ maxLength: 254 }),
  registrations: Type.Union([Type.Literal('open'), Type.Literal('approval'), Type.Literal('closed')]),
})

export type Settings = Static<typeof Shape>

const defaults: Settings = { title: 'Hamlet', description: '', contact_email: '', registrations: 'closed' }
export const settingNames = Object.keys(defaults) as (keyof Settings)[]

/** All settings, with the defaults for what nobody has set. One query. */
export async function readSettings(ctx: Context): Promise<Settings> {
  const rows = await ctx.db
    .selectFrom('settings')
    .select(['key', 'value'])
    .where('key', '=', (eb) => eb.fn.any(eb.val(settingNames)))
    .execute()
  return { ...defaults, ...Object.fromEntries(rows.map((row) => [row.key, row.value])) }
}

/** Sets one setting; unknown names and values that do not fit are refused with what would fit. */
export async function writeSetting(ctx: Context, name: string, value: unknown): Promise<void> {
  if (!(name in defaults))
    throw new Refusal('invalid', `"${name}" is no setting. Choose one of ${settingNames.join(', ')}.`)
  const key = name as keyof Settings
  if (!Value.Check(Shape.properties[key], value)) {
    const hint = key === 'registrations' ? 'open, approval or closed' : 'text, and not too much of it'
    throw new Refusal('invalid', `${name} must be ${hint}.`)
  }
  const row = { key, value: JSON.stringify(value), updated_at: ctx.clock.now().toISOString() }
  await ctx.db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: row.value, updated_at: row.updated_at }))
    .execute()
}
