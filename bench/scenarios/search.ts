import { sql } from 'kysely'
import type { Inside, Person } from '../../scripts/inside.ts'
import { load, type LoadOptions } from '../load.ts'
import { bearer, requireAnswered, SENDERS, startTown, type Scenario } from '../scenario.ts'

export const AUTHORS = 20
export const POSTS = 100_000
const PACE = 20

/** Every tenth post is Japanese: what is asked of each comes in turn. */
const asked = [
  // Of about ten posts, of hundreds, of thousands.
  'w4100',
  'w400',
  'w20',
  'w20 w21',
  '"w1 w2"',
  'w300 -w1 from:author_3',
  'w300 during:2026-06-01',
  '一丁',
  '七万丈',
]

/** Words of posts among very many, as a member searches. */
export const search: Scenario = {
  name: 'search',
  what: `searching ${POSTS.toLocaleString('en')} posts by their words`,
  run: async (stage) => {
    const { town, inside } = await startTown(stage)
    const authors = Object.values(
      await inside.people(...Array.from({ length: AUTHORS }, (_, index) => `author_${index}`)),
    )
    await writePosts(inside, authors)
    const options: LoadOptions = {
      url: town.url,
      seconds: stage.seconds,
      senders: SENDERS,
      status: 200,
      next: (number) => ({
        method: 'GET',
        path: `/api/v2/search?type=statuses&q=${encodeURIComponent(asked[number % asked.length] ?? '')}`,
        headers: bearer(authors[number % authors.length]?.token ?? ''),
      }),
    }
    const most = await load(options)
    const paced = await load({ ...options, perSecond: PACE })
    requireAnswered('search', most.failed + paced.failed)
    return [
      { id: 'search.rate', what: 'searches, at most', value: most.rate, unit: 'requests/s', limit: 'http' },
      { id: 'search.p50', what: `searches at ${PACE}/s, p50`, value: paced.p50, unit: 'ms' },
      { id: 'search.p95', what: `searches at ${PACE}/s, p95`, value: paced.p95, unit: 'ms' },
    ]
  },
}

/**
 * Posts of twelve words each, low numbers far more often than high ones, as in any language; every tenth of thirty Han
 * letters. Written straight into the table: posting them is measured elsewhere. The same in every run.
 */
export async function writePosts({ ctx }: Inside, authors: readonly Person[]): Promise<void> {
  const ids = authors.map((author) => author.accountId)
  await sql`update accounts set indexable = true where id = any(${ids}::bigint[])`.execute(ctx.db)
  await ctx.db.transaction().execute(async (db) => {
    await sql`select setseed(0.5)`.execute(db)
    await sql`
      insert into statuses (id, conversation_id, account_id, uri, url, content, text, visibility, language, is_local, created_at)
      select n, n, (${ids}::bigint[])[1 + n % ${AUTHORS}::int], ${ctx.config.url} || '/posts/' || n, ${ctx.config.url} || '/posts/' || n,
        '<p>' || words || '</p>', words, 'public', case when n % 10 = 0 then 'ja' else 'en' end, true,
        timestamptz '2026-01-01' + n * interval '4 minutes'
      from generate_series(1, ${POSTS}::int) n cross join lateral (
        select case when n % 10 = 0
          then string_agg(chr(19968 + floor(power(random(), 3) * 2000)::int), '')
          else string_agg('w' || floor(power(random(), 3) * 5000)::int, ' ') end words
        from generate_series(1, case when n % 10 = 0 then 30 else 12 end)) said`.execute(db)
  })
  await sql`vacuum analyze statuses`.execute(ctx.db)
}
