import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { visibleTo, welcomeTo } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { readPostQuery, type Attachment, type PostQuery, type Term, type Where } from './read-query.ts'
import { readRuns } from './runs.ts'

export type PostPage = { limit: number; offset: number; maxId?: Id; minId?: Id; authorId?: Id }
type Condition = RawBuilder<SqlBool>

/** From this length on a word also finds longer ones that begin with it, in place of knowing each language's endings. */
const PREFIX_LENGTH = 4

/**
 * Posts that fit a search, newest first: public ones by people who want theirs found (`indexable`), and the viewer's library,
 * which is what they wrote, favourited, boosted, bookmarked, voted in or were mentioned in (mastodon-api 1.13). Nothing that they
 * may not see, nor posts of people they blocked or muted. One query; none when nothing is asked.
 */
export async function findStatusIds(ctx: Context, viewerId: Id, text: string, page: PostPage): Promise<Id[]> {
  const query = readPostQuery(text)
  const isNothing = query.terms.length === 0 && query.where !== 'library' && query.where !== 'bookmarks'
  if (isNothing) return []
  const found = await postsQuery(ctx, viewerId, query, page).execute(ctx.db)
  return found.rows.map((row) => row.id)
}

/** The one query of a search for posts. */
export function postsQuery(
  ctx: Context,
  viewerId: Id,
  { terms, where }: PostQuery,
  page: PostPage,
): RawBuilder<{ id: Id }> {
  const conditions = [
    sql<SqlBool>`s.reblog_of_id is null`,
    visibleTo(viewerId),
    welcomeTo(ctx, viewerId),
    isWithin(where, viewerId),
    ...terms.map((term) =>
      term.isNot ? sql<SqlBool>`not coalesce(${fits(term, viewerId)}, false)` : fits(term, viewerId),
    ),
    ...(page.maxId ? [sql<SqlBool>`s.id < ${page.maxId}::bigint`] : []),
    ...(page.minId ? [sql<SqlBool>`s.id > ${page.minId}::bigint`] : []),
    ...(page.authorId ? [sql<SqlBool>`s.account_id = ${page.authorId}::bigint`] : []),
  ]
  return sql<{ id: Id }>`
    select s.id from statuses s where ${sql.join(conditions, sql` and `)}
    order by s.id desc limit ${page.limit} offset ${page.offset}`
}

function isWithin(where: Where, viewerId: Id): Condition {
  const bookmarked = sql<SqlBool>`exists (select 1 from bookmarks k where k.status_id = s.id and k.account_id = ${viewerId}::bigint)`
  if (where === 'bookmarks') return bookmarked
  const open = sql<SqlBool>`(s.visibility = 'public' and exists (
    select 1 from accounts i where i.id = s.account_id and i.indexable and (i.limited_at is null
      or exists (select 1 from follows w where w.account_id = ${viewerId}::bigint and w.target_account_id = i.id and w.state = 'accepted'))))`
  if (where === 'public') return open
  const library = sql<SqlBool>`(s.account_id = ${viewerId}::bigint or ${bookmarked}
    or exists (select 1 from favourites v where v.status_id = s.id and v.account_id = ${viewerId}::bigint)
    or exists (select 1 from statuses b where b.reblog_of_id = s.id and b.account_id = ${viewerId}::bigint)
    or exists (select 1 from mentions n where n.status_id = s.id and n.account_id = ${viewerId}::bigint)
    or exists (select 1 from poll_votes p where p.status_id = s.id and p.account_id = ${viewerId}::bigint))`
  return where === 'library' ? library : sql<SqlBool>`(${open} or ${library})`
}

function fits(term: Term, viewerId: Id): Condition {
  if (term.kind === 'words') return hasWords(term.text, term.isPhrase)
  if (term.kind === 'tag')
    return sql`exists (select 1 from status_tags t where t.status_id = s.id and t.name = ${term.name})`
  if (term.kind === 'from') return sql`s.account_id in (${accountsNamed(term.handle, viewerId)})`
  if (term.kind === 'to')
    return sql`exists (select 1 from mentions m where m.status_id = s.id and m.account_id in (${accountsNamed(term.handle, viewerId)}))`
  if (term.kind === 'has') return has(term.value)
  if (term.kind === 'language') return sql`s.language = ${term.value}`
  if (term.kind === 'is') return term.value === 'reply' ? sql`s.in_reply_to_id is not null` : sql`s.sensitive`
  return sql`(s.created_at >= ${term.from?.toISOString() ?? '-infinity'}::timestamptz
    and s.created_at < ${term.until?.toISOString() ?? 'infinity'}::timestamptz)`
}

const words = sql`to_tsvector('simple', s.spoiler_text || ' ' || s.content)`
/** Where words are not parted by spaces: pairs of letters, and the other words of such posts (index statuses_runs). */
const hasAnyRun = sql`search_has_runs(s.spoiler_text || ' ' || s.content)`
const runs = sql`search_runs(s.spoiler_text || ' ' || s.content)`

function hasWords(text: string, isPhrase: boolean): Condition {
  const asked = readRuns(text)
  if (asked) return hasRuns(asked)
  const lexeme = `'${text.replaceAll(/['\\]/g, ' ')}'${text.length >= PREFIX_LENGTH ? ':*' : ''}`
  const query = isPhrase ? sql`phraseto_tsquery('simple', ${text})` : sql`to_tsquery('simple', ${lexeme})`
  return sql`(${words} @@ ${query} or (${hasAnyRun} and ${runs} @@ ${query}))`
}

function hasRuns({ query, plain, isExact }: NonNullable<ReturnType<typeof readRuns>>): Condition {
  const pairs = sql<SqlBool>`${hasAnyRun} and ${runs} @@ ${query}::tsquery`
  if (isExact) return sql`(${pairs})`
  return sql`(${pairs} and strpos(search_plain(s.spoiler_text || ' ' || s.content), ${plain}) > 0)`
}

/** The accounts of a handle: `me`, a name of this server, or a name with its host. */
function accountsNamed(handle: string, viewerId: Id): RawBuilder<unknown> {
  if (handle === 'me') return sql`${viewerId}::bigint`
  const [name = '', host = ''] = handle.split('@')
  const onHost = host === '' ? sql`d.is_local` : sql`d.host = ${host}`
  return sql`select a.id from accounts a join domains d on d.id = a.domain_id where lower(a.username) = ${name} and ${onHost}`
}

function has(value: Attachment): Condition {
  if (value === 'poll') return sql`exists (select 1 from polls p where p.status_id = s.id)`
  if (value === 'link') return sql`exists (select 1 from status_cards c where c.status_id = s.id)`
  const types = value === 'media' ? ['image', 'gifv', 'video', 'audio', 'unknown'] : typesOf(value)
  return sql`exists (select 1 from media m where m.status_id = s.id and m.type = any(${types}))`
}

function typesOf(value: 'image' | 'video' | 'audio'): string[] {
  return value === 'video' ? ['video', 'gifv'] : [value]
}
