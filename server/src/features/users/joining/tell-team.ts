import type { Context } from '#platform/context'
import { transact } from '#platform/context'
import { defineJob, enqueue } from '#platform/jobs'
import { countWaiting } from '../waiting.ts'
import { listReaders, sendTeamLetter } from '../team/letters.ts'

const HOUR_MS = 3_600_000
const SHOWN_NAMES = 5

type News = { userId: string; count: number; names: string }

/** One letter an hour at most, however many come; a job of its own for each reader, so that one mail box stops no other. */
const mailSignUpsWait = defineJob<News>({
  name: 'users.mail-sign-ups-wait',
  run: (ctx, { userId, count, names }) =>
    sendTeamLetter(ctx, userId, 'signUpsWait', { count, names, link: `${ctx.config.url}/moderation/sign-ups` }),
})

/** Tells those who may let people in of whoever came to wait, with a confirmed address, in the last hour. */
const tellTeam = defineJob<Record<string, never>>({
  name: 'users.tell-team',
  run: async (ctx) => {
    const names = await listNewNames(ctx)
    if (names === '') return
    const [count, readers] = [await countWaiting(ctx), await listReaders(ctx, 'signUpsWait')]
    await transact(ctx, async (tx) => {
      for (const userId of readers) await enqueue(tx, mailSignUpsWait, { userId, count, names })
    })
  },
})

async function listNewNames(ctx: Context): Promise<string> {
  const since = new Date(ctx.clock.now().getTime() - HOUR_MS).toISOString()
  const rows = await ctx.db
    .selectFrom('users')
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .innerJoin('accounts', 'accounts.id', 'user_accounts.account_id')
    .select('accounts.username')
    .where('users.approved_at', 'is', null)
    .where('users.leaving_at', 'is', null)
    .where('users.confirmed_at', '>', since)
    .orderBy('accounts.id')
    .limit(SHOWN_NAMES)
    .execute()
  return rows.map((row) => `@${row.username}`).join(', ')
}

export const teamJobs = [mailSignUpsWait]
export const teamSchedule = { job: tellTeam, everySeconds: 3_600 }
