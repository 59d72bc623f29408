import { sql } from 'kysely'
import { listReaders, sendTeamLetter } from '#features/users'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type Schedule } from '#platform/jobs'

const HOUR_MS = 3_600_000

type Waiting = { fresh: number; count: number }
type News = Waiting & { userId: Id; kind: 'reportsWait' | 'appealsWait' }

/** A job of its own for each reader, so that one mail box stops no other. */
const mailWaiting = defineJob<News>({
  name: 'moderation.mail-waiting',
  run: (ctx, { userId, kind, fresh, count }) => {
    return sendTeamLetter(ctx, userId, kind, { fresh, count, link: `${ctx.config.url}/moderation` })
  },
})

/** Tells the team of reports and appeals that came in the last hour: a wave of five hundred is one letter. */
const tellTeam = defineJob<Record<string, never>>({
  name: 'moderation.tell-team',
  run: async (ctx) => {
    const since = new Date(ctx.clock.now().getTime() - HOUR_MS).toISOString()
    const news = { reportsWait: await countReports(ctx, since), appealsWait: await countAppeals(ctx, since) }
    await transact(ctx, async (tx) => {
      for (const kind of ['reportsWait', 'appealsWait'] as const) {
        if (news[kind].fresh === 0) continue
        for (const userId of await listReaders(tx, kind))
          await enqueue(tx, mailWaiting, { userId, kind, ...news[kind] })
      }
    })
  },
})

async function countReports({ db }: Context, since: string): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select count(*) filter (where created_at > ${since}::timestamptz)::int as fresh, count(*)::int as count
    from reports where resolved_at is null`.execute(db)
  return rows[0] ?? { fresh: 0, count: 0 }
}

async function countAppeals({ db }: Context, since: string): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select count(*) filter (where created_at > ${since}::timestamptz)::int as fresh, count(*)::int as count
    from appeals where decided_at is null`.execute(db)
  return rows[0] ?? { fresh: 0, count: 0 }
}

export const tellTeamJobs = [mailWaiting]
export const tellTeamSchedules: Schedule[] = [{ job: tellTeam, everySeconds: 3_600 }]
