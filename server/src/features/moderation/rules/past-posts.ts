import { sql } from 'kysely'
import type { PostFacts } from '#features/gates'
import { findMarksOfPosts, type MediaMark } from '#features/media'
import { factsOf } from '#features/statuses'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

type PastPost = {
  id: Id
  account_id: Id
  content: string
  spoiler_text: string
  visibility: string
  language: string | null
  created_at: string
  host: string
  is_local: boolean
  account_created_at: string
  posts_before: number
  is_followed: boolean
  mentions: number
  strangers: number
  options: string[] | null
}

export type Examined = { facts: PostFacts; at: string }

/**
 * The next past posts that everybody may read, newest first, as rules are shown them: with what was true when they were
 * written, as far as it is still known. What a rule does not ask is not looked up. Two queries a batch.
 */
export async function readPastPosts(
  ctx: Context,
  batch: { below: Id | null; limit: number },
  needs: ReadonlySet<string>,
): Promise<Examined[]> {
  const followed = needs.has('followed')
    ? sql`exists (select 1 from follows f join accounts here on here.id = f.account_id join domains home on home.id = here.domain_id
        where f.target_account_id = s.account_id and f.state = 'accepted' and home.is_local)`
    : sql`false`
  const strangers = needs.has('strangers')
    ? sql`(select count(*)::int from mentions m join accounts named on named.id = m.account_id
        join domains home on home.id = named.domain_id
        where m.status_id = s.id and home.is_local and named.id <> s.account_id
          and not exists (select 1 from follows f where f.account_id = named.id and f.target_account_id = s.account_id and f.state = 'accepted')
          and not exists (select 1 from mentions back join statuses answer on answer.id = back.status_id
            where back.account_id = s.account_id and answer.account_id = named.id and answer.id < s.id))`
    : sql`0`
  const before = needs.has('fewer_posts')
    ? sql`greatest(0, a.statuses_count - (select count(*)::int from statuses later
        where later.account_id = s.account_id and later.id >= s.id and later.state = 'live'))`
    : sql`0`
  const found = await sql<PastPost>`
    select s.id, s.account_id, s.content, s.spoiler_text, s.visibility, s.language, s.created_at, d.host, d.is_local,
      a.created_at as account_created_at, ${before} as posts_before, ${followed} as is_followed,
      (select count(*)::int from mentions m where m.status_id = s.id) as mentions, ${strangers} as strangers,
      (select p.options from polls p where p.status_id = s.id) as options
    from statuses s join accounts a on a.id = s.account_id join domains d on d.id = a.domain_id
    where s.visibility in ('public', 'unlisted') and s.state = 'live' and s.reblog_of_id is null
      and (${batch.below}::bigint is null or s.id < ${batch.below}::bigint)
    order by s.id desc limit ${batch.limit}`.execute(ctx.db)
  const marks = await findMarksOfPosts(
    ctx,
    found.rows.map((row) => row.id),
  )
  const byPost = Map.groupBy(marks, (mark) => mark.status_id ?? '')
  return found.rows.map((row) => ({ facts: readPost(ctx, row, byPost.get(row.id) ?? []), at: row.created_at }))
}

function readPost(ctx: Context, row: PastPost, marks: readonly MediaMark[]): PostFacts {
  const author = {
    id: row.account_id,
    is_local: row.is_local,
    host: row.host,
    created_at: row.account_created_at,
    statuses_count: row.posts_before,
  }
  const draft = {
    authorId: row.account_id,
    statusId: row.id,
    uri: null,
    content: row.content,
    warning: row.spoiler_text,
    options: row.options ?? [],
    mentionedIds: [],
    mentions: row.mentions,
    media: {
      count: marks.length,
      hashes: marks.flatMap(({ digest, blurhash }) => [digest, blurhash].filter((one) => one !== null)),
      descriptions: marks.flatMap(({ description }) => (description ? [description] : [])),
    },
    language: row.language,
    visibility: row.visibility,
  }
  const days = (Date.parse(row.created_at) - Date.parse(row.account_created_at)) / (24 * 3_600_000)
  return {
    ...factsOf(ctx, draft, author),
    accountAgeDays: days,
    strangers: row.strangers,
    isFollowedHere: row.is_followed,
  }
}
