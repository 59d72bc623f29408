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
  await tx.db.deleteFrom('notification_policies').where('account_id', '=', accountId).execute()
}

export async function takeOutNotifications(ctx: Context, accountId: Id): Promise<Record<string, unknown>> {
  const policy = await ctx.db
    .selectFrom('notification_policies')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return { notification_policy: policy ?? null }
}
