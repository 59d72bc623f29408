import type { Webhook, WebhookDelivery } from '@hamlet/contract/webhook'
import { presentAdminAccounts, presentAdminReports } from '#features/moderation'
import { presentStatuses } from '#features/statuses'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { DeliveryRow, HookWithLast } from './store.ts'
import { secretOf } from './write.ts'

/** What an event is about, as Mastodon sends it (mastodon-api 1.17); undefined for what is gone, and for posts that not everybody may see. */
export async function presentObject(ctx: Context, event: string, id: Id): Promise<unknown> {
  if (event.startsWith('account.')) return (await presentAdminAccounts(ctx, [id]))[0]
  if (event.startsWith('report.')) return (await presentAdminReports(ctx, null, [id]))[0]
  return (await presentStatuses(ctx, null, [id]))[0]
}

export function presentHook(ctx: Context, row: HookWithLast): Webhook {
  const { id, url, events, template, is_enabled, problem, created_at, rotated_at, last } = row
  return {
    id,
    url,
    events,
    secret: secretOf(ctx, row),
    template,
    enabled: is_enabled,
    problem,
    created_at,
    rotated_at,
    last,
  }
}

export function presentDelivery(row: DeliveryRow): WebhookDelivery {
  return { ...row, state: row.state as WebhookDelivery['state'] }
}
