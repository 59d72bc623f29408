import type { AdminDimension } from '@hamlet/contract/admin'
import { sql, type RawBuilder } from 'kysely'
import { isId } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { Span, Subject } from './measures.ts'
import { measureMedia } from '../store.ts'

type Entry = AdminDimension['data'][number]
type Asked = { span: Span; limit: number; subject: Subject }

/** Names of languages and servers are their own; what has a name of ours has it in English, for whom the API is. */
const kinds: Record<string, (ctx: Context, asked: Asked) => Promise<Entry[]>> = {
  languages: (ctx, { limit }) =>
    list(
      ctx,
      sql`select locale as key, count(*) as value from users where email not like '%@demo.invalid' group by 1`,
      limit,
    ),
  sources: (ctx, { span, limit }) =>
    list(
      ctx,
      sql`select coalesce(a.name, 'website') as key, count(*) as value from users u
        left join oauth_applications a on a.id = u.sign_up_application_id
        where u.created_at >= ${span.first}::timestamptz and u.created_at < ${span.last}::timestamptz + interval '1 day'
          and u.email not like '%@demo.invalid' group by 1`,
      limit,
    ),
  servers: (ctx, { span, limit }) =>
    list(
      ctx,
      sql`select d.host as key, count(*) as value from statuses s join accounts a on a.id = s.account_id
        join domains d on d.id = a.domain_id
        where s.created_at >= ${span.first}::timestamptz and s.created_at < ${span.last}::timestamptz + interval '1 day'
        group by 1`,
      limit,
    ),
  tag_servers: (ctx, { limit, subject }) =>
    list(
      ctx,
      sql`select d.host as key, sum(td.uses) as value from tag_days td join tags t on t.name = td.name
        join accounts a on a.id = td.account_id join domains d on d.id = a.domain_id
        where t.id = ${requireTag(subject)} group by 1`,
      limit,
    ),
  tag_languages: (ctx, { span, limit, subject }) =>
    list(
      ctx,
      sql`select coalesce(s.language, 'und') as key, count(*) as value from status_tags st join tags t on t.name = st.name
        join statuses s on s.id = st.status_id where t.id = ${requireTag(subject)}
          and s.created_at >= ${span.first}::timestamptz and s.created_at < ${span.last}::timestamptz + interval '1 day'
        group by 1`,
      limit,
    ),
  instance_accounts: (ctx, { limit, subject }) =>
    list(
      ctx,
      sql`select a.username as key, a.followers_count as value from accounts a join domains d on d.id = a.domain_id
        where d.host = ${requireDomain(subject)}`,
      limit,
    ),
  instance_languages: (ctx, { span, limit, subject }) =>
    list(
      ctx,
      sql`select coalesce(s.language, 'und') as key, count(*) as value from statuses s
        join accounts a on a.id = s.account_id join domains d on d.id = a.domain_id
        where d.host = ${requireDomain(subject)}
          and s.created_at >= ${span.first}::timestamptz and s.created_at < ${span.last}::timestamptz + interval '1 day'
        group by 1`,
      limit,
    ),
  space_usage: async (ctx) => {
    const media = await measureMedia(ctx)
    const found = await sql<{ bytes: string }>`select pg_database_size(current_database())::text as bytes`.execute(
      ctx.db,
    )
    return [
      sized('postgresql', 'PostgreSQL', found.rows[0]?.bytes ?? '0'),
      sized('media', 'Media', media.own_media_bytes),
      sized('remote_media', 'Pictures of other servers', media.remote_media_bytes),
    ]
  },
  software_versions: async (ctx) => {
    const found = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(ctx.db)
    const of = (key: string, name: string, version: string) => ({
      key,
      human_key: name,
      value: version,
      human_value: version,
    })
    return [of('postgresql', 'PostgreSQL', found.rows[0]?.version ?? ''), of('node', 'Node.js', process.versions.node)]
  },
}

export const dimensionKeys = Object.keys(kinds)

export async function readDimension(ctx: Context, key: string, asked: Asked): Promise<AdminDimension> {
  const kind = kinds[key]
  if (!kind) throw invalid(`"${key}" is no dimension. There are ${dimensionKeys.join(', ')}.`)
  return { key, data: await kind(ctx, asked) }
}

/** The largest first. One query. */
async function list(ctx: Context, source: RawBuilder<unknown>, limit: number): Promise<Entry[]> {
  const found = await sql<{ key: string; value: string }>`
    select key, value::text as value from (${source}) as counted order by counted.value desc, key limit ${limit}`.execute(
    ctx.db,
  )
  return found.rows.map(({ key, value }) => ({ key, human_key: key, value }))
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

function sized(key: string, name: string, bytes: string): Entry {
  let [size, place] = [Number(bytes), 0]
  while (size >= 1000 && place < UNITS.length - 1) [size, place] = [size / 1000, place + 1]
  return {
    key,
    human_key: name,
    value: bytes,
    unit: 'bytes',
    human_value: `${size < 10 && place > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[place]}`,
  }
}

function requireTag({ tagId }: Subject) {
  if (tagId === undefined || !isId(tagId))
    throw invalid('This dimension needs the id of a hashtag, as tag_servers[id].')
  return tagId
}

function requireDomain({ domain }: Subject) {
  if (!domain) throw invalid('This dimension needs a server, as instance_accounts[domain].')
  return domain
}
