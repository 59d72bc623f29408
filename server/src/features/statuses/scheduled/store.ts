import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import { releaseUnheld } from '../drafts/kept-media.ts'
import type { NewStatus } from '../write/create-status.ts'

export type ScheduledRow = { id: Id; scheduled_at: string; params: NewStatus; media_ids: Id[] }

/** What of an account waits for its hour: these, or a page of them. */
export async function listScheduled(
  ctx: Context,
  accountId: Id,
  wanted: { ids: readonly Id[] } | { page: PageRequest },
): Promise<ScheduledRow[]> {
  const only = 'ids' in wanted ? sql`id = any(${[...wanted.ids]}::bigint[])` : sql`${pageBounds(sql`id`, wanted.page)}`
  const end =
    'ids' in wanted
      ? sql`order by id desc`
      : sql`order by id ${sql.raw(pageOrder(wanted.page))} limit ${wanted.page.limit}`
  const found = await sql<ScheduledRow>`
    select id, scheduled_at, params, media_ids from scheduled_statuses where account_id = ${accountId} and ${only} ${end}`.execute(
    ctx.db,
  )
  return found.rows
}

/** All of it, for the person's own archive. */
export async function listAllScheduled(ctx: Context, accountId: Id) {
  return ctx.db
    .selectFrom('scheduled_statuses')
    .select(['id', 'scheduled_at', 'params', 'created_at'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
}

/** Lets a post go that will not be published after all. Its uploads stay a day, as all that nothing holds. */
export async function dropScheduled(tx: Tx, accountId: Id, id: Id): Promise<void> {
  const gone = await tx.db
    .deleteFrom('scheduled_statuses')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .returning('media_ids')
    .executeTakeFirst()
  if (!gone) throw notFound()
  await releaseUnheld(tx, accountId, gone.media_ids)
}
