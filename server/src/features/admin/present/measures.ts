import type { AdminMeasure } from '@hamlet/contract/admin'
import { sql, type RawBuilder } from 'kysely'
import { isId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Context } from '#platform/context'
import { dayOf, daysBetween } from '../slots.ts'
import { countPeopleSince, listDays } from '../store.ts'

/** Days in full, by UTC; both of them are with. */
export type Span = { first: string; last: string }
/** What a measure is about, where it is about one thing. */
export type Subject = { tagId?: Id; domain?: string; withSubdomains?: boolean }

const MOST_DAYS = 731

/** The days that somebody asked about; at most two years of them (mastodon-api 1.17). */
export function readSpan(startAt: string, endAt: string): Span {
  const [start, end] = [Date.parse(startAt), Date.parse(endAt)]
  if (!Number.isFinite(start) || !Number.isFinite(end))
    throw invalid('start_at and end_at must be dates, as 2026-11-25.')
  if (Math.abs(start) > 4e12 || Math.abs(end) > 4e12) throw invalid('start_at and end_at must lie in this age.')
  if (end < start) throw invalid('end_at must not lie before start_at.')
  if ((end - start) / 86_400_000 > MOST_DAYS) throw invalid('Ask for two years at most.')
  return { first: dayOf(new Date(start)), last: dayOf(new Date(end)) }
}

/** Rows of something countable: `at` is when, `id` what makes each one different. */
type Source = RawBuilder<unknown>
/** `isWhole` counts everything there is in the total, not only what came in these days. */
type Kind = { source: (subject: Subject) => Source; unit?: string; isWhole?: boolean }

const onTag = (subject: Subject, id: RawBuilder<unknown>): Source => sql`
  select td.day::timestamp at time zone 'UTC' as at, ${id} as id, td.uses as weight
  from tag_days td join tags t on t.name = td.name join accounts a on a.id = td.account_id
  where t.id = ${subject.tagId ?? '0'}`

const ofServer = (subject: Subject) => sql`d.id in (
  select id from domains where not is_local and (host = ${subject.domain ?? ''}
    ${subject.withSubdomains ? sql`or host like ${`%.${(subject.domain ?? '').replaceAll(/[\\%_]/g, '\\$&')}`}` : sql``}))`

const fromServer = (rest: (server: RawBuilder<unknown>) => Source): Kind => ({
  isWhole: true,
  source: (subject) => rest(ofServer(subject)),
})

const kinds: Record<string, Kind> = {
  new_users: {
    source: () => sql`select created_at as at, id, 1 as weight from users where email not like '%@demo.invalid'`,
  },
  interactions: {
    source: () => sql`
      select f.created_at as at, f.id, 1 as weight from favourites f join statuses s on s.id = f.status_id where s.is_local
      union all select b.created_at, b.id, 1 from statuses b join statuses s on s.id = b.reblog_of_id where s.is_local
      union all select r.created_at, r.id, 1 from statuses r join statuses s on s.id = r.in_reply_to_id
        where s.is_local and r.account_id <> s.account_id`,
  },
  opened_reports: { source: () => sql`select created_at as at, id, 1 as weight from reports` },
  resolved_reports: {
    source: () => sql`select resolved_at as at, id, 1 as weight from reports where resolved_at is not null`,
  },
  tag_accounts: { source: (subject) => onTag(subject, sql`td.account_id`) },
  tag_servers: { source: (subject) => onTag(subject, sql`a.domain_id`) },
  tag_uses: { source: (subject) => onTag(subject, sql`null::bigint`) },
  instance_accounts: fromServer(
    (server) =>
      sql`select a.created_at as at, a.id, 1 as weight from accounts a join domains d on d.id = a.domain_id where ${server}`,
  ),
  instance_statuses: fromServer(
    (server) => sql`select s.created_at as at, s.id, 1 as weight from statuses s join accounts a on a.id = s.account_id
      join domains d on d.id = a.domain_id where ${server}`,
  ),
  instance_media_attachments: {
    ...fromServer(
      (server) => sql`select p.asked_at as at, null::bigint as id, p.bytes as weight from remote_pictures p
        join domains d on d.host = p.account_host where ${server}`,
    ),
    unit: 'bytes',
  },
  instance_reports: fromServer(
    (
      server,
    ) => sql`select r.created_at as at, r.id, 1 as weight from reports r join accounts a on a.id = r.target_account_id
      join domains d on d.id = a.domain_id where ${server}`,
  ),
  instance_follows: fromServer(
    (
      server,
    ) => sql`select f.created_at as at, f.id, 1 as weight from follows f join accounts a on a.id = f.target_account_id
      join domains d on d.id = a.domain_id where f.state = 'accepted' and ${server}`,
  ),
  instance_followers: fromServer(
    (server) => sql`select f.created_at as at, f.id, 1 as weight from follows f join accounts a on a.id = f.account_id
      join domains d on d.id = a.domain_id where f.state = 'accepted' and ${server}`,
  ),
}

export const measureKeys = ['active_users', ...Object.keys(kinds)]

/** One measure over some days, with the days before them to compare. One query, two for who was here. */
export async function measure(ctx: Context, key: string, span: Span, subject: Subject): Promise<AdminMeasure> {
  if (key === 'active_users') return measurePeople(ctx, span)
  const kind = kinds[key]
  if (!kind) throw invalid(`"${key}" is no measure. There are ${measureKeys.join(', ')}.`)
  requireSubject(key, subject)
  const { isWhole = false, unit = null } = kind
  const { previous, until } = around(span)
  const found = await sql<{ day: string | null; part: 'now' | 'before' | 'ever'; value: string }>`
    with facts as (select at, id, weight from (${kind.source(subject)}) as every
      ${isWhole ? sql`` : sql`where at >= ${previous}::timestamptz and at < ${until}::timestamptz`}),
    parts as (select *, case when at >= ${span.first}::timestamptz and at < ${until}::timestamptz then 'now'
      when at >= ${previous}::timestamptz and at < ${span.first}::timestamptz then 'before' else 'ever' end as part from facts)
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, part, ${value()} as value from parts where part = 'now' group by 1, 2
    union all select null, part, ${value()} from parts where part <> 'ever' group by 2
    union all select null, 'ever', ${value()} from parts`.execute(ctx.db)
  const totalOf = (part: string) => found.rows.find((row) => row.day === null && row.part === part)?.value ?? '0'
  const byDay = new Map(found.rows.filter((row) => row.day !== null).map((row) => [row.day, row.value]))
  return {
    key,
    unit,
    total: totalOf(isWhole ? 'ever' : 'now'),
    ...(isWhole ? {} : { previous_total: totalOf('before') }),
    data: daysBetween(span.first, span.last).map((day) => ({
      date: `${day}T00:00:00.000Z`,
      value: byDay.get(day) ?? '0',
    })),
  }
}

/** What has an id is counted once, however often it is there; what has none is added up. */
const value = () =>
  sql<string>`(case when count(id) > 0 then count(distinct id) else coalesce(sum(weight), 0) end)::text`

/** Who was here is known by how many a day, never by who: over several days it is those who were last here in them. */
async function measurePeople(ctx: Context, span: Span): Promise<AdminMeasure> {
  const days = await listDays(ctx, span.first)
  const total = await countPeopleSince(ctx, `${span.first}T00:00:00.000Z`)
  return {
    key: 'active_users',
    unit: null,
    total: String(total),
    data: daysBetween(span.first, span.last).map((day) => ({
      date: `${day}T00:00:00.000Z`,
      value: String(days.get(day) ?? 0),
    })),
  }
}

/** As many days before the first as there are, and the end of the last. */
function around({ first, last }: Span) {
  const until = Date.parse(last) + 86_400_000
  return { previous: new Date(2 * Date.parse(first) - until).toISOString(), until: new Date(until).toISOString() }
}

function requireSubject(key: string, { tagId, domain }: Subject): void {
  if (key.startsWith('tag_') && !(tagId !== undefined && isId(tagId)))
    throw invalid(`${key} needs the id of a hashtag: ${key}[id].`)
  if (key.startsWith('instance_') && !domain) throw invalid(`${key} needs a server: ${key}[domain].`)
}
