import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { defineJob } from '#platform/jobs'

/** Whoever revoked an app hears nothing from it any more. */
export const forgetSubscription = defineJob<{ tokenId: Id }>({
  name: 'notifications.forget-subscription',
  run: async (ctx, { tokenId }) => {
    await ctx.db.deleteFrom('push_subscriptions').where('token_id', '=', tokenId).execute()
  },
})

const HOSTS_KEPT_MS = 30 * 24 * 3_600_000

/** Subscriptions whose session ended, and push services that nobody has tried for a month. */
export async function prunePush(ctx: Context): Promise<void> {
  await sql`delete from push_subscriptions p where not exists (select 1 from oauth_tokens t where t.id = p.token_id and t.revoked_at is null)
    and not exists (select 1 from sessions s where s.id = p.session_id)`.execute(ctx.db)
  const before = new Date(ctx.clock.now().getTime() - HOSTS_KEPT_MS).toISOString()
  await ctx.db.deleteFrom('push_hosts').where('updated_at', '<', before).execute()
}
