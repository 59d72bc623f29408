import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { isTextName, textNames, writeText } from './texts.ts'

const choice = <const T extends string>(...words: T[]) =>
  Type.Unsafe<T>(Type.Union(words.map((word) => Type.Literal(word))))
const audience = () => choice('disabled', 'users', 'all')
const turned = () => choice('on', 'off')

const Shape = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 100 }),
  description: Type.String({ maxLength: 1000 }),
  contact_email: Type.String({ maxLength: 254 }),
  registrations: choice('open', 'approval', 'closed'),
  /** For how long whoever deletes their account can still come back. */
  deletion_days: choice('7', '14', '30', '60', '90'),
  /** Who is shown which servers are limited or shut out, and the reasons that the team gave. */
  show_domain_blocks: audience(),
  show_domain_blocks_rationale: audience(),
  /** Whether everybody may ask which servers this one knows, and how much happens here by week. */
  peers_api: turned(),
  activity_api: turned(),
})

export type Settings = Static<typeof Shape>

const defaults: Settings = {
  title: 'Hamlet',
  description: '',
  contact_email: '',
  registrations: 'closed',
  deletion_days: '30',
  show_domain_blocks: 'disabled',
  show_domain_blocks_rationale: 'disabled',
  peers_api: 'on',
  activity_api: 'on',
}
const shortNames = Object.keys(defaults) as (keyof Settings)[]
/** Everything that can be set, what is said at length too. */
export const settingNames: readonly string[] = [...shortNames, ...textNames]

/** All settings, with the defaults for what nobody has set. One query. */
export async function readSettings(ctx: Context): Promise<Settings> {
  const rows = await ctx.db
    .selectFrom('settings')
    .select(['key', 'value'])
    .where('key', '=', (eb) => eb.fn.any(eb.val(shortNames)))
    .execute()
  return { ...defaults, ...Object.fromEntries(rows.map((row) => [row.key, row.value])) }
}

/** Sets one setting; unknown names and values that do not fit are refused with what would fit. */
export async function writeSetting(ctx: Context, name: string, value: unknown): Promise<void> {
  if (isTextName(name) && typeof value === 'string') return writeText(ctx, name, value)
  if (!(name in defaults))
    throw new Refusal('invalid', `"${name}" is no setting. Choose one of ${settingNames.join(', ')}.`)
  const key = name as keyof Settings
  if (!Value.Check(Shape.properties[key], value)) {
    const { anyOf: choices } = Shape.properties[key] as { anyOf?: readonly { const: string }[] }
    const hint = choices ? choices.map((one) => one.const).join(' or ') : 'text, and not too much of it'
    throw new Refusal('invalid', `${name} must be ${hint}.`)
  }
  const row = { key, value: JSON.stringify(value), updated_at: ctx.clock.now().toISOString() }
  await ctx.db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: row.value, updated_at: row.updated_at }))
    .execute()
}
