import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { transact, type Context } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { askForReview } from './ask-for-review.ts'
import { keepReviews } from './reviews.ts'

const HOUR_MS = 3_600_000
/** What is older is talked about no longer. */
const WINDOW_MS = 72 * HOUR_MS
/** After so many hours a thing counts half. */
const HALF_LIFE_H = 12
/** One person alone is no trend: so many must have used, boosted or favourited it. */
const FEWEST = 2
const MOST_STATUSES = 200
const MOST_OTHERS = 100

/** Posts (as `s`) by authors (as `a`) who may be shown to strangers: both want it, and nobody has to look away. */
function isShowable(): RawBuilder<SqlBool> {
  return sql<SqlBool>`(s.state = 'live' and s.visibility = 'public' and s.reblog_of_id is null and not s.sensitive
    and s.spoiler_text = '' and a.suspended_at is null and a.limited_at is null)`
}

/** Half as much after each half-life; `at` is when something was said. */
function decay(ctx: Context, at: RawBuilder<unknown>): RawBuilder<number> {
  const now = ctx.clock.now().toISOString()
  return sql<number>`power(0.5, greatest(extract(epoch from ${now}::timestamptz - ${at})::float8, 0) / 3600 / ${HALF_LIFE_H})`
}

const since = (ctx: Context) => new Date(ctx.clock.now().getTime() - WINDOW_MS).toISOString()

/** Favourites and boosts of first posts, each counted less the older the post; of one author the best three. */
async function scoreStatuses(tx: Context): Promise<void> {
  await tx.db.deleteFrom('trending_statuses').execute()
  await sql`
    insert into trending_statuses (status_id, score)
    select id, score from (
      select s.id, (s.favourites_count + 2 * s.reblogs_count) * ${decay(tx, sql`s.created_at`)} as score,
        row_number() over (partition by s.account_id order by s.favourites_count + 2 * s.reblogs_count desc, s.id desc) as place
      from statuses s join accounts a on a.id = s.account_id
      where ${isShowable()} and a.discoverable and s.in_reply_to_id is null and s.created_at > ${since(tx)}::timestamptz
        and s.favourites_count + s.reblogs_count >= ${FEWEST}) best
    where place <= 3 order by score desc, id desc limit ${MOST_STATUSES}`.execute(tx.db)
}

/** People who used a hashtag in open posts, counted less the older their last use of it. */
async function scoreTags(tx: Context): Promise<void> {
  await tx.db.deleteFrom('trending_tags').execute()
  await sql`
    insert into trending_tags (name, score)
    select name, sum(weight) as score from (
      select t.name, s.account_id, max(${decay(tx, sql`s.created_at`)}) as weight
      from statuses s join accounts a on a.id = s.account_id join status_tags t on t.status_id = s.id
      where ${isShowable()} and s.created_at > ${since(tx)}::timestamptz
        and not exists (select 1 from tags g where g.name = t.name and not g.usable)
      group by t.name, s.account_id) used
    group by name having count(*) >= ${FEWEST} order by score desc, name limit ${MOST_OTHERS}`.execute(tx.db)
}

/** People who linked a page in open posts, in the same way; only pages that have a title to show. */
async function scoreLinks(tx: Context): Promise<void> {
  await tx.db.deleteFrom('trending_links').execute()
  await sql`
    insert into trending_links (card_id, status_id, score)
    select card_id, max(status_id), sum(weight) as score from (
      select c.card_id, s.account_id, max(s.id) as status_id, max(${decay(tx, sql`s.created_at`)}) as weight
      from statuses s join accounts a on a.id = s.account_id join status_cards c on c.status_id = s.id
        join link_cards l on l.id = c.card_id
      where ${isShowable()} and l.title <> '' and s.created_at > ${since(tx)}::timestamptz
      group by c.card_id, s.account_id) linked
    group by card_id having count(*) >= ${FEWEST} order by score desc, card_id limit ${MOST_OTHERS}`.execute(tx.db)
}

/** What is talked about, counted anew. It may run twice at once: whoever comes second counts the same. */
export const score = defineJob<Record<string, never>>({
  name: 'discovery.score',
  class: 'slow',
  run: async (ctx) => {
    await transact(ctx, async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('discovery.score'))`.execute(tx.db)
      await scoreStatuses(tx)
      await scoreTags(tx)
      await scoreLinks(tx)
      await keepReviews(tx)
    })
  },
})

/** mastodon-features: counted every five minutes, and every six hours the team is asked to look. */
export const schedules: Schedule[] = [
  { job: score, everySeconds: 300 },
  { job: askForReview, everySeconds: 6 * 3_600 },
]
