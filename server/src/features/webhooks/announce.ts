import { createHash } from 'node:crypto'
import type { WebhookEvent } from '@hamlet/contract/webhook-grammar'
import { sql } from 'kysely'
import { makeId, type Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, enqueue } from '#platform/jobs'
import { deliverHook } from './deliver.ts'

type Told = { event: WebhookEvent; objectId: Id; version?: string | undefined }

/** One delivery for each webhook that is to be told; what runs twice makes none twice, since an event has one key. */
async function announce(ctx: Context, { event, objectId, version = '' }: Told): Promise<void> {
  const key = createHash('sha256').update(`${event} ${objectId} ${version}`).digest('base64url')
  await transact(ctx, async (tx) => {
    const hooks = await tx.db
      .selectFrom('webhooks')
      .select('id')
      .where('is_enabled', '=', true)
      .where(sql<boolean>`events @> array[${event}]`)
      .orderBy('id')
      .execute()
    for (const hook of hooks) await write(tx, hook.id, { event, objectId, key })
  })
}

async function write(tx: Tx, hookId: Id, { event, objectId, key }: Told & { key: string }): Promise<void> {
  const now = tx.clock.now()
  const created_at = now.toISOString()
  const made = await tx.db
    .insertInto('webhook_deliveries')
    .values({ id: makeId(now.getTime()), webhook_id: hookId, event, key, created_at })
    .onConflict((conflict) => conflict.columns(['webhook_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) await enqueue(tx, deliverHook, { deliveryId: made.id, objectId })
}

const versionOf = async ({ db }: Context, query: ReturnType<typeof sql<{ version: string | null }>>) =>
  (await query.execute(db)).rows[0]?.version ?? undefined

export const hookCreated = defineJob<{ accountId: Id }>({
  name: 'webhooks.account-created',
  run: (ctx, { accountId }) => announce(ctx, { event: 'account.created', objectId: accountId }),
})

export const hookApproved = defineJob<{ userId: Id }>({
  name: 'webhooks.account-approved',
  run: async (ctx, { userId }) => {
    const found = await ctx.db
      .selectFrom('user_accounts')
      .select('account_id')
      .where('user_id', '=', userId)
      .orderBy('account_id')
      .executeTakeFirst()
    if (found) await announce(ctx, { event: 'account.approved', objectId: found.account_id })
  },
})

export const hookUpdated = defineJob<{ accountId: Id }>({
  name: 'webhooks.account-updated',
  run: async (ctx, { accountId }) => {
    const version = await versionOf(
      ctx,
      sql`select version::text from accounts where id = ${accountId} and fetched_at is null`,
    )
    if (version !== undefined) await announce(ctx, { event: 'account.updated', objectId: accountId, version })
  },
})

export const hookReported = defineJob<{ reportId: Id }>({
  name: 'webhooks.report-created',
  run: (ctx, { reportId }) => announce(ctx, { event: 'report.created', objectId: reportId }),
})

export const hookReportChanged = defineJob<{ reportId: Id }>({
  name: 'webhooks.report-updated',
  run: async (ctx, { reportId }) => {
    const version = await versionOf(ctx, sql`select updated_at::text as version from reports where id = ${reportId}`)
    await announce(ctx, { event: 'report.updated', objectId: reportId, version })
  },
})

export const hookPosted = defineJob<{ statusId: Id }>({
  name: 'webhooks.status-created',
  run: (ctx, { statusId }) => announce(ctx, { event: 'status.created', objectId: statusId }),
})

export const hookEdited = defineJob<{ statusId: Id }>({
  name: 'webhooks.status-updated',
  run: async (ctx, { statusId }) => {
    const version = await versionOf(ctx, sql`select edited_at::text as version from statuses where id = ${statusId}`)
    await announce(ctx, { event: 'status.updated', objectId: statusId, version })
  },
})

export const announceJobs = [
  hookCreated,
  hookApproved,
  hookUpdated,
  hookReported,
  hookReportChanged,
  hookPosted,
  hookEdited,
]
