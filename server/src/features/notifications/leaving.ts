import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

const tables = ['notifications', 'notification_requests', 'notification_permissions'] as const

export async function eraseNotifications(tx: Tx, accountId: Id): Promise<void> {
  for (const table of tables) {
    await tx.db
      .deleteFrom(table)
      .where((eb) => eb.or([eb('account_id', '=', accountId), eb('from_account_id', '=', accountId)]))
      .execute()
  }
  for (const table of ['notification_policies', 'notification_pauses', 'push_subscriptions'] as const)
    await tx.db.deleteFrom(table).where('account_id', '=', accountId).execute()
}

export async function takeOutNotifications(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const policy = await ctx.db
    .selectFrom('notification_policies')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  const pauses = await ctx.db
    .selectFrom('notification_pauses')
    .select(['status_id', 'ends_at'])
    .where('account_id', '=', accountId)
    .execute()
  const pushes = await ctx.db
    .selectFrom('push_subscriptions')
    .select(['alerts', 'policy', 'created_at'])
    .where('account_id', '=', accountId)
    .execute()
  return { notification_policy: policy ?? null, paused_posts: pauses, pushes }
}
