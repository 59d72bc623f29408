import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { parseHttpUrl } from '#lib/host'
import { readLanguage } from '#lib/language'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { setTermsToday } from './terms.ts'
import { isKeptText, readText, textNames, writeText } from './texts.ts'

const choice = <const T extends string>(...words: T[]) =>
  Type.Unsafe<T>(Type.Union(words.map((word) => Type.Literal(word))))
const audience = () => choice('disabled', 'users', 'all')
const turned = () => choice('on', 'off')
const feed = () => choice('public', 'authenticated', 'disabled')

const Shape = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 100 }),
  description: Type.String({ maxLength: 1000 }),
  contact_email: Type.String({ maxLength: 254 }),
  /** The name of somebody here whom visitors are told to turn to; empty where there is nobody. */
  contact_account: Type.String({ maxLength: 30 }),
  /** What the people who run it speak, the dearest first: `en, de`. */
  languages: Type.String({ maxLength: 200 }),
  /** Where to look when nothing is answered here; on another server, therefore. */
  status_url: Type.String({ maxLength: 500 }),
  /** Whether it is counted what is talked about; the directory is of those who want to be found. */
  trends: turned(),
  profile_directory: turned(),
  /** Who may read all public posts of this server, and of others; then the same of hashtags. */
  local_feed: feed(),
  remote_feed: feed(),
  local_topics: choice('public', 'authenticated'),
  remote_topics: feed(),
  registrations: choice('open', 'approval', 'closed'),
  /** For how long whoever deletes their account can still come back. */
  deletion_days: choice('7', '14', '30', '60', '90'),
  /** What somebody reads who finds the door closed. */
  closed_message: Type.String({ maxLength: 1000 }),
  /** Whether somebody who asks to be let in must say why. */
  require_reason: turned(),
  /** In years; 0 asks nobody. */
  min_age: Type.Integer({ minimum: 0, maximum: 120 }),
  /** Addresses of providers that give anybody an address for ten minutes. */
  disposable_mail: choice('refuse', 'approval', 'allow'),
  /** When a browser has to work out a puzzle before its form is taken: whoever cannot waits for a moderator. */
  proof_of_work: choice('off', 'busy', 'always'),
  /** Who is shown which servers are limited or shut out, and the reasons that the team gave. */
  show_domain_blocks: audience(),
  show_domain_blocks_rationale: audience(),
  /** Whether everybody may ask which servers this one knows, and how much happens here by week. */
  peers_api: turned(),
  activity_api: turned(),
  /** Whether a suspension waits for a second moderator. */
  suspend_by_two: turned(),
  /** Whether everybody may read what the team did, without names. */
  public_log: turned(),
  /** Whether only servers that the team names are dealt with; HAMLET_LIMITED_FEDERATION wins. */
  limited_federation: turned(),
  /** Whether something is talked about before the team has looked at it. */
  trendable_by_default: turned(),
})

export type Settings = Static<typeof Shape>

const defaults: Settings = {
  title: 'Hamlet',
  description: '',
  contact_email: '',
  contact_account: '',
  languages: 'en',
  status_url: '',
  trends: 'on',
  profile_directory: 'on',
  local_feed: 'public',
  remote_feed: 'public',
  local_topics: 'public',
  remote_topics: 'public',
  registrations: 'closed',
  deletion_days: '30',
  closed_message: '',
  require_reason: 'on',
  min_age: 0,
  disposable_mail: 'approval',
  proof_of_work: 'busy',
  show_domain_blocks: 'disabled',
  show_domain_blocks_rationale: 'disabled',
  peers_api: 'on',
  activity_api: 'on',
  suspend_by_two: 'off',
  public_log: 'off',
  limited_federation: 'off',
  trendable_by_default: 'off',
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
export async function writeSetting(ctx: Context, name: string, given: unknown): Promise<void> {
  if (isKeptText(name) && typeof given === 'string') return writeText(ctx, name, given)
  if (name === 'terms_of_service' && typeof given === 'string') return writeTermsByCommand(ctx, given)
  if (!(name in defaults))
    throw new Refusal('invalid', `"${name}" is no setting. Choose one of ${settingNames.join(', ')}.`)
  const key = name as keyof Settings
  const value = readValue(key, given)
  if (!Value.Check(Shape.properties[key], value)) throw new Refusal('invalid', `${name} must be ${hintOf(key)}.`)
  const row = { key, value: JSON.stringify(value), updated_at: ctx.clock.now().toISOString() }
  await ctx.db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: row.value, updated_at: row.updated_at }))
    .execute()
  // What processes keep of settings is read anew.
  ctx.streams.publish('settings', { key })
}

/** People agreed to what was published: it is followed by another version, never taken away. */
async function writeTermsByCommand(ctx: Context, given: string): Promise<void> {
  const text = readText('terms_of_service', given)
  if (text === '') throw new Refusal('invalid', 'Terms of service are not taken away. Write what counts from today on.')
  await transact(ctx, (tx) => setTermsToday(tx, text))
}

/** What is more than a piece of text is put in order; what cannot be is undefined, and fits nothing. */
const readers: Partial<Record<keyof Settings, (given: string) => string | undefined>> = {
  title: (given) => given.trim(),
  contact_account: (given) => given.trim().replace(/^@/, ''),
  languages: (given) => {
    const tags = given.split(/[\s,]+/).filter((tag) => tag !== '')
    const read = tags.map(readLanguage).filter((tag) => tag !== undefined)
    return read.length === tags.length && read.length > 0 ? [...new Set(read)].join(', ') : undefined
  },
  status_url: (given) => (given.trim() === '' ? '' : parseHttpUrl(given.trim())?.href),
}

type Limits = { anyOf?: readonly { const: string }[]; type?: string; minimum?: number; maximum?: number }

/** A command gives everything as text; no text may hold what the database cannot. */
function readValue(key: keyof Settings, given: unknown): unknown {
  const { type } = Shape.properties[key] as Limits
  if (typeof given === 'string' && key in readers) return readers[key]?.(given.replaceAll('\0', '').toWellFormed())
  if (type === 'integer' && typeof given === 'string' && /^\d{1,9}$/.test(given.trim())) return Number(given)
  return typeof given === 'string' ? given.replaceAll('\0', '').toWellFormed() : given
}

const hints: Partial<Record<keyof Settings, string>> = {
  languages: 'one or more languages, such as "en, de"',
  status_url: 'a web address, or empty',
}

function hintOf(key: keyof Settings): string {
  const hint = hints[key]
  if (hint) return hint
  const { anyOf: choices, type, minimum, maximum } = Shape.properties[key] as Limits
  if (choices) return choices.map((one) => one.const).join(' or ')
  return type === 'integer' ? `a whole number from ${minimum} to ${maximum}` : 'text, and not too much of it'
}
