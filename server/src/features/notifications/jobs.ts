import { sql, type RawBuilder } from 'kysely'
import { listVoters } from '#features/polls'
import { idTimeMs, type Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, type Schedule } from '#platform/jobs'
import { notify } from './notify.ts'
import { prunePauses } from './pauses.ts'
import { pushNotified, pushOne, pushTest } from './push/jobs.ts'
import { forgetSubscription, prunePush } from './push/leaving.ts'
import { decidesReports, managesPeople } from './store.ts'

/** The post as it stands, held until the end, so that whatever undoes it comes after. */
async function holdStatus(tx: Tx, statusId: Id) {
  const found = await sql<{ account_id: Id; visibility: string; edited_at: string | null; is_thread: boolean }>`
    select account_id, visibility, edited_at,
      (in_reply_to_account_id is null or in_reply_to_account_id = account_id) as is_thread
    from statuses where id = ${statusId} and state = 'live' for share`.execute(tx.db)
  return found.rows[0]
}

async function listIds(query: ReturnType<typeof sql<{ id: Id }>>, tx: Tx): Promise<Id[]> {
  return (await query.execute(tx.db)).rows.map((row) => row.id)
}

/** The bell rings for what is new, not for old posts that were fetched. */
const FRESH_MS = 6 * 3_600_000

/** People named in a new post, and those who asked to be told of every post of its author. */
export const notifyOfStatus = defineJob<{ statusId: Id; authorId: Id }>({
  name: 'notifications.of-status',
  run: (ctx, { statusId, authorId: fromId }) =>
    transact(ctx, async (tx) => {
      const status = await holdStatus(tx, statusId)
      if (!status) return
      // A reply that the rule of somebody's thread keeps out does not reach them by naming them.
      const mentioned = await listIds(
        sql`select m.account_id as id from mentions m where m.status_id = ${statusId} and not exists (
          select 1 from set_aside_replies e where e.status_id = m.status_id and e.decider_id = m.account_id and e.standing = 'refused')`,
        tx,
      )
      await notify(tx, { kind: 'mention', fromId, statusId, receivers: mentioned })
      const isOld = tx.clock.now().getTime() - idTimeMs(statusId) > FRESH_MS
      if (isOld || !status.is_thread || status.visibility === 'direct') return
      const bells = await listIds(
        sql`select account_id as id from follows where target_account_id = ${fromId} and notify and state = 'accepted'`,
        tx,
      )
      const receivers = bells.filter((id) => !mentioned.includes(id))
      await notify(tx, { kind: 'status', fromId, statusId, receivers })
    }),
})

/** People newly named by an edit, and those who boosted or quoted what now says something else. */
export const notifyOfEdit = defineJob<{ statusId: Id; authorId: Id; newlyMentioned: Id[] }>({
  name: 'notifications.of-edit',
  run: (ctx, { statusId, authorId: fromId, newlyMentioned }) =>
    transact(ctx, async (tx) => {
      const status = await holdStatus(tx, statusId)
      if (!status?.edited_at) return
      await notify(tx, { kind: 'mention', fromId, statusId, receivers: newlyMentioned })
      const boosters = await listIds(sql`select account_id as id from statuses where reblog_of_id = ${statusId}`, tx)
      // Only the latest edit is told (mastodon-features 4, Drop rules).
      await tx.db
        .deleteFrom('notifications')
        .where('status_id', '=', statusId)
        .where('type', '=', 'update')
        .where('created_at', '<', status.edited_at)
        .execute()
      await notify(tx, { kind: 'update', fromId, statusId, receivers: boosters })
      await notifyQuoters(tx, { statusId, fromId, editedAt: status.edited_at })
    }),
})

type Edited = { statusId: Id; fromId: Id; editedAt: string }

/** Each is told of their own post, in which the edited one now reads differently (mastodon-api Part 2, quoted_update). */
async function notifyQuoters(tx: Tx, { statusId, fromId, editedAt }: Edited): Promise<void> {
  const quoting = await sql<{ status_id: Id; account_id: Id }>`
    select q.status_id, q.account_id from quotes q join accounts a on a.id = q.account_id join domains d on d.id = a.domain_id
    where q.quoted_status_id = ${statusId} and q.state = 'accepted' and d.is_local`.execute(tx.db)
  await sql`delete from notifications where type = 'quoted_update' and created_at < ${editedAt}
    and status_id = any(${quoting.rows.map((row) => row.status_id)}::bigint[])`.execute(tx.db)
  for (const { status_id, account_id } of quoting.rows)
    await notify(tx, { kind: 'quoted_update', fromId, statusId: status_id, receivers: [account_id] })
}

type Quoted = { quoteId: Id; statusId: Id; authorId: Id; quotedAuthorId: Id }

/** Whose post was quoted, by that quote as it stands. */
export const notifyOfQuote = defineJob<Quoted>({
  name: 'notifications.of-quote',
  orderingKey: ({ quoteId }) => `notifications:quote:${quoteId}`,
  run: (ctx, { quoteId, statusId, authorId, quotedAuthorId }) =>
    transact(ctx, async (tx) => {
      const status = await holdStatus(tx, statusId)
      const stands = await sql`select 1 from quotes where id = ${quoteId} and state = 'accepted'`.execute(tx.db)
      if (!status || stands.rows.length === 0) return
      await notify(tx, { kind: 'quote', fromId: authorId, statusId, receivers: [quotedAuthorId] })
    }),
})

/** A quote that was taken back is told no more. */
export const forgetQuote = defineJob<Quoted>({
  name: 'notifications.forget-quote',
  orderingKey: ({ quoteId }) => `notifications:quote:${quoteId}`,
  run: async (ctx, { statusId, quotedAuthorId }) => {
    await sql`delete from notifications where type = 'quote' and status_id = ${statusId}
      and account_id = ${quotedAuthorId}`.execute(ctx.db)
  },
})

type Favourite = { statusId: Id; accountId: Id }

/**
 * An act and its undoing are told in their order, one after the other. To hold the act's own row instead would wait in a
 * circle with whoever undoes it.
 */
const favouriteKey = ({ statusId, accountId }: Favourite) => `notifications:favourite:${accountId}:${statusId}`
const followKey = ({ followerId, targetId }: Omit<Follow, 'followId'>) =>
  `notifications:follow:${followerId}:${targetId}`

export const notifyOfFavourite = defineJob<Favourite>({
  name: 'notifications.of-favourite',
  orderingKey: favouriteKey,
  run: (ctx, { statusId, accountId }) =>
    transact(ctx, async (tx) => {
      const status = await holdStatus(tx, statusId)
      const stands =
        await sql`select 1 from favourites where account_id = ${accountId} and status_id = ${statusId}`.execute(tx.db)
      if (!status || stands.rows.length === 0) return
      await notify(tx, { kind: 'favourite', fromId: accountId, statusId, receivers: [status.account_id] })
    }),
})

export const notifyOfBoost = defineJob<{ boostId: Id; statusId: Id; accountId: Id }>({
  name: 'notifications.of-boost',
  run: (ctx, { boostId, statusId, accountId }) =>
    transact(ctx, async (tx) => {
      const status = await holdStatus(tx, statusId)
      if (!status || !(await holdStatus(tx, boostId))) return
      await notify(tx, { kind: 'reblog', fromId: accountId, statusId, receivers: [status.account_id] })
    }),
})

type Follow = { followId: Id; followerId: Id; targetId: Id }

async function notifyOfFollowAs(
  ctx: Context,
  { followId, followerId, targetId }: Follow,
  state: string,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const stands = await sql`select 1 from follows where id = ${followId} and state = ${state}`.execute(tx.db)
    if (stands.rows.length === 0) return
    const kind = state === 'accepted' ? 'follow' : 'follow_request'
    if (kind === 'follow')
      await sql`delete from notifications where type = 'follow_request' and from_account_id = ${followerId} and account_id = ${targetId}`.execute(
        tx.db,
      )
    await notify(tx, { kind, fromId: followerId, receivers: [targetId] })
  })
}

export const notifyOfFollow = defineJob<Follow>({
  name: 'notifications.of-follow',
  orderingKey: followKey,
  run: (ctx, follow) => notifyOfFollowAs(ctx, follow, 'accepted'),
})

export const notifyOfRequest = defineJob<Follow>({
  name: 'notifications.of-follow-request',
  orderingKey: followKey,
  run: (ctx, follow) => notifyOfFollowAs(ctx, follow, 'requested'),
})

/** The end of a poll, for who asked and for who voted. */
export const notifyOfPoll = defineJob<{ statusId: Id; authorId: Id }>({
  name: 'notifications.of-poll',
  run: (ctx, { statusId, authorId: fromId }) =>
    transact(ctx, async (tx) => {
      if (!(await holdStatus(tx, statusId))) return
      const receivers = [fromId, ...(await listVoters(tx, statusId, 'here'))]
      await notify(tx, { kind: 'poll', fromId, statusId, receivers })
    }),
})

/** Whoever may let people in is told who signed up. */
export const notifyOfSignUp = defineJob<{ accountId: Id }>({
  name: 'notifications.of-sign-up',
  run: (ctx, { accountId }) =>
    transact(ctx, async (tx) => {
      const team = sql<{ id: Id }>`
        select ua.account_id as id from user_accounts ua join users u on u.id = ua.user_id join roles r on r.id = u.role_id
        where ${managesPeople} and u.disabled_at is null`
      await notify(tx, { kind: 'admin.sign_up', fromId: accountId, receivers: await listIds(team, tx) })
    }),
})

/** Whoever may decide reports is told of each; a newer one of the same reporter takes the older one's place. */
export const notifyOfReport = defineJob<{ reportId: Id; reporterId: Id }>({
  name: 'notifications.of-report',
  run: (ctx, { reportId, reporterId }) =>
    transact(ctx, async (tx) => {
      const team = sql<{ id: Id }>`
        select ua.account_id as id from user_accounts ua join users u on u.id = ua.user_id join roles r on r.id = u.role_id
        where ${decidesReports} and u.disabled_at is null`
      await sql`delete from notifications n where n.type = 'admin.report' and n.from_account_id = ${reporterId}`.execute(
        tx.db,
      )
      await notify(tx, { kind: 'admin.report', fromId: reporterId, reportId, receivers: await listIds(team, tx) })
    }),
})

/** Whoever lost ties is told of it by nobody in particular; a repeat tells those who were not told yet. */
export const notifyOfSeverance = defineJob<{ severanceId: Id }>({
  name: 'notifications.of-severance',
  class: 'slow',
  run: async (ctx, { severanceId }) => {
    const people = sql<{
      id: Id
    }>`select account_id as id from severance_people where severance_id = ${severanceId} order by id`
    for (const { id } of (await people.execute(ctx.db)).rows)
      await transact(ctx, (tx) =>
        notify(tx, { kind: 'severed_relationships', fromId: id, severanceId, receivers: [id] }),
      )
  },
})

/** Whoever something was decided against is told of it by nobody in particular. */
export const notifyOfStrike = defineJob<{ strikeId: Id; accountId: Id }>({
  name: 'notifications.of-strike',
  run: (ctx, { strikeId, accountId }) =>
    transact(ctx, (tx) =>
      notify(tx, { kind: 'moderation_warning', fromId: accountId, strikeId, receivers: [accountId] }),
    ),
})

/** In one statement with the look whether the act was done anew meanwhile: then what was told of it stays. */
async function forgetUnless(tx: Context, gone: RawBuilder<unknown>, again: RawBuilder<unknown>): Promise<void> {
  await sql`delete from notifications n where ${gone} and not exists (${again})`.execute(tx.db)
}

export const forgetFavourite = defineJob<Favourite>({
  name: 'notifications.forget-favourite',
  orderingKey: favouriteKey,
  run: (ctx, { statusId, accountId }) =>
    forgetUnless(
      ctx,
      sql`n.type = 'favourite' and n.from_account_id = ${accountId} and n.status_id = ${statusId}`,
      sql`select 1 from favourites where account_id = ${accountId} and status_id = ${statusId}`,
    ),
})

export const forgetBoost = defineJob<{ statusId: Id; accountId: Id }>({
  name: 'notifications.forget-boost',
  run: async (ctx, { statusId, accountId }) => {
    const again = sql`select 1 from statuses where account_id = ${accountId} and reblog_of_id = ${statusId}`
    await forgetUnless(
      ctx,
      sql`n.type = 'reblog' and n.from_account_id = ${accountId} and n.status_id = ${statusId}`,
      again,
    )
    await forgetUnless(ctx, sql`n.type = 'update' and n.account_id = ${accountId} and n.status_id = ${statusId}`, again)
  },
})

export const forgetFollow = defineJob<{ followerId: Id; targetId: Id }>({
  name: 'notifications.forget-follow',
  orderingKey: followKey,
  run: (ctx, { followerId, targetId }) =>
    forgetUnless(
      ctx,
      sql`n.type in ('follow', 'follow_request') and n.from_account_id = ${followerId} and n.account_id = ${targetId}`,
      sql`select 1 from follows where account_id = ${followerId} and target_account_id = ${targetId}`,
    ),
})

export const forgetStatus = defineJob<{ statusId: Id }>({
  name: 'notifications.forget-status',
  run: async (ctx, { statusId }) => {
    await ctx.db.deleteFrom('notifications').where('status_id', '=', statusId).execute()
    await ctx.db.deleteFrom('notification_pauses').where('status_id', '=', statusId).execute()
    await ctx.db
      .updateTable('notification_requests')
      .set({ last_status_id: null })
      .where('last_status_id', '=', statusId)
      .execute()
  },
})

/** A block takes along what the blocked person had told, and what they asked to tell. */
export const forgetBlocked = defineJob<{ accountId: Id; targetId: Id }>({
  name: 'notifications.forget-blocked',
  run: (ctx, { accountId, targetId }) =>
    transact(ctx, async (tx) => {
      for (const table of ['notifications', 'notification_requests', 'notification_permissions'] as const)
        await tx.db
          .deleteFrom(table)
          .where('account_id', '=', accountId)
          .where('from_account_id', '=', targetId)
          .execute()
    }),
})

const KEPT = 10_000

const prune = defineJob<Record<string, never>>({
  name: 'notifications.prune',
  class: 'slow',
  run: async (ctx) => {
    await sql`
      delete from notifications n using (
        select account_id from notifications group by account_id having count(*) > ${KEPT}) full_box
      where n.account_id = full_box.account_id and n.id < (
        select kept.id from notifications kept where kept.account_id = full_box.account_id
        order by kept.id desc offset ${KEPT - 1} limit 1)`.execute(ctx.db)
    await prunePauses(ctx)
    await prunePush(ctx)
  },
})

export const schedules: Schedule[] = [{ job: prune, everySeconds: 24 * 3_600 }]
export const jobs = [
  notifyOfStatus,
  notifyOfEdit,
  notifyOfFavourite,
  notifyOfBoost,
  notifyOfQuote,
  notifyOfFollow,
  notifyOfPoll,
  notifyOfRequest,
  notifyOfSignUp,
  notifyOfReport,
  notifyOfSeverance,
  notifyOfStrike,
  forgetFavourite,
  forgetBoost,
  forgetQuote,
  forgetFollow,
  forgetStatus,
  forgetBlocked,
  forgetSubscription,
  pushNotified,
  pushOne,
  pushTest,
]
