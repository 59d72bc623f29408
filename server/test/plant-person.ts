import { sql } from 'kysely'
import type { Context } from '#platform/context'

/** Who is planted everywhere, by the ids that rows know them by, and who stands beside them in rows of two. */
export type Planted = {
  /** A word of this person alone: stands in every text that is planted. */
  word: string
  host: string
  domainId?: string
  /** A person of another server has no user here. */
  ids: Partial<Record<Kind, string>>
  others: Record<Kind, string>
}
export type Kind = 'account' | 'user' | 'status' | 'media'

/** What a column of numbers names, by its own name. A column that is none of these must be said to name nobody. */
const KINDS: readonly [Kind, RegExp][] = [
  ['account', /(?:^|_)account_id$|^(?:moderator|decider)_id$|^(?:decided|undone)_by$|^mention_ids$/],
  ['user', /(?:^|_)user_id$/],
  ['status', /(?:^|_)status_id$|^(?:in_reply_to|reblog_of|last_read)_id$|^(?:status|changed|following)_ids$/],
  ['media', /^media_ids?$/],
]

/** Columns of numbers that name no person and nothing of theirs; `table.column` or a column of every table. */
const NOBODY = new Set([
  'id',
  'fence',
  'last_step',
  'revision',
  'counter',
  'permissions',
  'bytes',
  'rule_ids',
  'result_id',
  'until_id',
  'rule_id',
  'import_id',
  'report_id',
  'list_id',
  'filter_id',
  'announcement_id',
  'thread_id',
  'card_id',
  'token_id',
  'strike_id',
  'severance_id',
  'activity_id',
  'application_id',
  'role_id',
  'group_id',
  'follow_id',
  'about_id',
  'session_id',
  'bulk_id',
  'domain_id',
  'subject_id',
  'target_id',
  'invite_id',
  'sign_up_application_id',
  'filter_versions.version',
  'rule_trials.below',
  'admin_samples.own_media_bytes',
  'admin_samples.disk_bytes',
  'admin_samples.remote_media_bytes',
  'admin_samples.database_bytes',
  'admin_samples.disk_free_bytes',
  'conversation_id',
  'quote_id',
  'terms_versions.told_until',
])

/** Tables that hold nothing that belongs to one person or one server. */
export const IMPERSONAL: Readonly<Record<string, string>> = {
  admin_days: 'how many people came on a day',
  admin_samples: 'how the server did in a minute',
  attempts: 'counts of attempts, each for some hours',
  blocked_mailboxes: 'a hash, which keeps somebody out who was sent away',
  blocked_names: 'names that nobody may take',
  blocked_networks: 'addresses that are kept out, each with its end',
  content_gate: 'one row of what holds for everybody',
  content_rules: 'the rules of this server; who wrote one stands beside it',
  decision_lines: 'what was decided, counted by month, about nobody',
  emoji_pack_entries: 'pictures of a pack that was brought',
  emoji_packs: 'packs of pictures that were brought',
  job_schedules: 'when regular work is due',
  jobs: 'work that ends and is forgotten',
  letter_words: 'what the team adds to letters',
  link_publishers: 'who publishes pages that are talked about',
  migrations: 'what the database is made by',
  oauth_applications: 'what programs there are; they belong to nobody',
  retired_names: 'a hash, so that nobody takes the name of somebody who left',
  roles: 'what people of a role may do',
  rule_translations: 'the rules of this server in other languages',
  rules: 'the rules of this server',
  schedules: 'when regular work is due',
  settings: 'what the team has set',
  site_pictures: 'the pictures of this server',
  tags: 'words that many people use',
  terms_versions: 'the terms of this server',
  trend_reviews: 'what the team decided about what is talked about',
  trending_tags: 'the same, those of the day',
  warning_presets: 'words that the team has ready',
  webhook_deliveries: 'what a program was told about by number, for seven days',
  webhooks: 'programs that are told what happens',
}

/** Tables that know servers and what came from them, and nobody of here. */
const OF_SERVERS = new Set([
  'blocked_mail_domains',
  'custom_emojis',
  'delivery_hosts',
  'domain_allows',
  'domain_drafts',
  'domain_list_entries',
  'domain_lists',
  'domain_policies',
  'domain_purges',
  'domains',
  'inbound_activities',
  'key_fetches',
  'push_hosts',
  'mail_domain_attempts',
  'relays',
  'status_tombstones',
])

type Column = {
  table: string
  name: string
  type: string
  isNullable: boolean
  hasDefault: boolean
  parent: string | null
  parentColumn: string | null
  allowed: string[]
}
type Row = Record<string, unknown>

/** Rows that the rules of a table would refuse as they come; by table, for every way into it. */
export type ByHand = Readonly<Record<string, Row>>

export async function readColumns({ db }: Context): Promise<Column[]> {
  const found = await sql<Column & { checks: string | null }>`
    select c.table_name as "table", c.column_name as name, c.udt_name as type, c.is_nullable = 'YES' as "isNullable",
      c.column_default is not null as "hasDefault", fk.parent, fk."parentColumn",
      (select string_agg(pg_get_constraintdef(k.oid), ' ; ') from pg_constraint k
        where k.conrelid = format('public.%I', c.table_name)::regclass and k.contype = 'c') as checks
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    left join lateral (select confrelid::regclass::text as parent, b.attname as "parentColumn" from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
      where k.contype = 'f' and k.conrelid = format('public.%I', c.table_name)::regclass and a.attname = c.column_name
      limit 1) fk on true
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, c.ordinal_position`.execute(db)
  return found.rows.map(({ checks, ...column }) => ({ ...column, allowed: readAllowed(column.name, checks ?? '') }))
}

/** The words that a column may hold, where its table says so. */
function readAllowed(name: string, checks: string): string[] {
  const list = new RegExp(`\\(${name} = ANY \\(ARRAY\\[([^\\]]+)\\]`).exec(checks)?.[1] ?? ''
  return [...list.matchAll(/'([^']+)'/g)].map((match) => match[1] as string)
}

function kindOf({ table, name, type, parent }: Column): Kind | undefined {
  if (!/^_?int8$/.test(type)) return undefined
  if (parent === 'accounts') return 'account'
  if (parent === 'users') return 'user'
  if (parent === 'statuses') return 'status'
  if (NOBODY.has(name) || NOBODY.has(`${table}.${name}`) || parent) return undefined
  return KINDS.find(([, pattern]) => pattern.test(name))?.[0]
}

/** Columns of numbers of which nobody has said what they name. */
export function findUnknown(columns: readonly Column[]): string[] {
  return columns
    .filter((column) => /^_?int8$/.test(column.type) && !column.parent && !kindOf(column))
    .filter(({ table, name }) => !NOBODY.has(name) && !NOBODY.has(`${table}.${name}`))
    .map(({ table, name }) => `${table}.${name}`)
}

type Plot = { ctx: Context; who: Planted; columns: readonly Column[]; byHand: ByHand; parents: Map<string, Row> }
let serial = 0
const nextNumber = () => String(900_000_000_000_000_000n + BigInt((serial += 1)))

/**
 * A row of every table by every column that can name a person or what is theirs, with their word in each of its texts.
 * Gives what could not be planted, with the words of the database.
 */
export async function plantEverywhere(ctx: Context, who: Planted, byHand: ByHand): Promise<string[]> {
  const columns = await readColumns(ctx)
  const plot: Plot = { ctx, who, columns, byHand, parents: new Map() }
  const left = (table: string) => table in IMPERSONAL || (!who.domainId && OF_SERVERS.has(table))
  const tables = sortByParents(columns).filter((table) => !left(table))
  const faults: string[] = []
  for (const table of tables) {
    const ways = findWays(plot, table)
    // Somebody of another server signs in nowhere here.
    if (ways.length === 0 && who.ids.user)
      faults.push(`${table}: nothing in it leads to a person, and it is not said to be impersonal`)
    for (const way of ways) {
      const fault = await plantRow(plot, table, way)
      if (fault) faults.push(fault)
    }
  }
  return faults
}

/** Their rows are there before anything is planted. */
const ROOTS = new Set(['accounts', 'users', 'statuses', 'user_accounts'])

/** The columns of a table by which it is about the person; where there is none, those of their server and addresses. */
function findWays({ who, parents, columns }: Plot, table: string): Column[] {
  const own = columns.filter((one) => one.table === table)
  if (ROOTS.has(table)) return own.slice(0, 1)
  const byId = own.filter((column) => {
    const kind = kindOf(column)
    if (OF_ITS_OWNER.has(`${table}.${column.name}`)) return false
    if (kind) return who.ids[kind] !== undefined
    if (column.parent === 'domains') return who.domainId !== undefined
    return column.parent !== null && parents.has(column.parent)
  })
  const byWord = own.filter(
    ({ name, type, allowed }) => WORDS.test(name) && /^_?text$/.test(type) && allowed.length === 0,
  )
  if (!who.domainId) return byId
  return byId.length === 0 ? byWord : [...byId, ...byWord.filter(({ name }) => name.endsWith('host'))]
}

/**
 * Rows that cannot be: of somebody else, with what is this person's in them. What stands in these columns is of the one who
 * the row is of, and is planted by that way.
 */
const OF_ITS_OWNER = new Set([
  'drafts.media_ids',
  'scheduled_statuses.media_ids',
  'status_edits.media_ids',
  'idempotency_keys.following_ids',
  // Found by `direct_thread_statuses`.
  'direct_threads.last_status_id',
])

const OWNER = /^(?:account|user|target_account|reporter_account|domain)_id$/
const WORDS = /(?:^|_)(?:hosts?|uri|url|key_id|target_name)$/

/** A row that a required column can point to: one of the person's, or any. */
async function findParent(plot: Plot, table: string): Promise<Row | undefined> {
  const known = plot.parents.get(table)
  if (known) return known
  const any = await sql<Row>`select * from ${sql.table(table)} limit 1`.execute(plot.ctx.db)
  return any.rows[0]
}

async function plantRow(plot: Plot, table: string, way: Column): Promise<string | undefined> {
  const { ctx, who, columns, parents } = plot
  const own = columns.filter((one) => one.table === table)
  const word = `${table}/${way.name}`
  const texts = (column: Column) => `${who.word}/${word}/${column.name}`
  try {
    if (ROOTS.has(table)) return undefined
    const row = await makeRow(plot, { own, way, texts })
    const names = Object.keys(row)
    const made =
      await sql<Row>`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))}) overriding system value
      values (${sql.join(Object.values(row))}) returning *`.execute(ctx.db)
    // What is below a row of theirs is theirs.
    if (!parents.has(table) && OWNER.test(way.name)) parents.set(table, made.rows[0] as Row)
    return undefined
  } catch (error) {
    const { message, code, detail } = error as Error & { code?: string; detail?: string }
    // One is there already, of this person: there can be no second.
    if (code === '23505') return undefined
    return `${word}: ${message} ${detail ?? ''}`
  }
}

type Furrow = { own: Column[]; way: Column; texts: (column: Column) => string }

async function makeRow(plot: Plot, { own, way, texts }: Furrow): Promise<Row> {
  const row: Row = {}
  for (const column of own) {
    const { parent } = column
    const above = parent && !ROOTS.has(parent) ? await findParent(plot, parent) : undefined
    const value =
      column.name === way.name ? wayValue(plot, column, { texts, above }) : besideValue(plot, column, { texts, above })
    if (value !== undefined) row[column.name] = value
  }
  return { ...row, ...plot.byHand[way.table], ...plot.byHand[`${way.table}.${way.name}`] }
}

type Beside = { texts: (column: Column) => string; above: Row | undefined }

function wayValue(plot: Plot, column: Column, beside: Beside): unknown {
  const kind = kindOf(column)
  if (kind) return column.type.startsWith('_') ? `{${plot.who.ids[kind]}}` : plot.who.ids[kind]
  if (column.parent === 'domains') return plot.who.domainId
  if (column.parent) return beside.above?.[column.parentColumn ?? 'id']
  return besideValue(plot, column, beside)
}

function besideValue(plot: Plot, column: Column, { texts, above }: Beside): unknown {
  const { name, type, isNullable, hasDefault, allowed, parent } = column
  const kind = kindOf(column)
  if (name === 'id' && type === 'int8') return nextNumber()
  if (kind && !isNullable && !hasDefault) return type.startsWith('_') ? '{}' : plot.who.others[kind]
  if (parent && isNullable) return undefined
  if (parent) return above?.[column.parentColumn ?? 'id']
  if (allowed.length > 0) return hasDefault ? undefined : allowed[0]
  if (/(?:^|_)host$/.test(name)) return plot.who.host
  if (type === 'text') return texts(column)
  if (type === '_text') return [texts(column)]
  if (type === 'jsonb') return JSON.stringify({ text: texts(column) })
  if (isNullable || hasDefault) return undefined
  return plainValue(type, texts(column))
}

function plainValue(type: string, text: string): unknown {
  if (type === 'bytea') return Buffer.from(text)
  if (type === 'timestamptz') return '2030-01-01T00:00:00Z'
  if (type === 'date') return '2030-01-01'
  if (type === 'bool') return false
  if (type === 'int8') return nextNumber()
  if (type === 'inet' || type === 'cidr') return '203.0.113.7'
  return type.startsWith('_') ? '{}' : 1
}

/** Tables, those first that others point to. */
function sortByParents(columns: readonly Column[]): string[] {
  const sorted: string[] = []
  const visit = (table: string, path: readonly string[]) => {
    if (sorted.includes(table) || path.includes(table)) return
    for (const { parent } of columns.filter((one) => one.table === table))
      if (parent && parent !== table) visit(parent, [...path, table])
    sorted.push(table)
  }
  for (const { table } of columns) visit(table, [])
  return sorted
}

/** Every column of every table in which one of these texts or numbers stands, and which one: `table.column <text>`. */
export async function findTraces(ctx: Context, texts: readonly string[]): Promise<string[]> {
  const traces = new Set<string>()
  const any = texts.map((text) => `%${text.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`)
  for (const { table, name, type } of await readColumns(ctx)) {
    if (/^(?:bool|date|timestamptz|int2|int4|float[48])$/.test(type)) continue
    const text = type === 'bytea' ? sql`encode(${sql.ref(name)}, 'escape')` : sql`${sql.ref(name)}::text`
    const found = await sql<{ text: string }>`select ${text} as text from ${sql.table(table)}
      where ${text} like any(${any}) limit 500`.execute(ctx.db)
    for (const row of found.rows)
      traces.add(
        `${table}.${name} ${/\w+\/\w+(?=\/\w+)/.exec(row.text.split(texts[0] as string)[1] ?? '')?.[0] ?? ''}`.trim(),
      )
  }
  return [...traces].toSorted()
}
