import type { Webhook } from '@hamlet/contract/webhook'
import type { WebhookEvent } from '@hamlet/contract/webhook-grammar'
import { t } from '../../i18n/words.ts'

export const API = '/api/web/admin/webhooks'
/** An address that nobody has, for fields that are empty. */
export const exampleHook = 'https://hooks.example/hamlet'

export const eventName = (event: string): string =>
  (
    {
      'account.approved': t('webhooks.accountApproved', 'Somebody was let in'),
      'account.created': t('webhooks.accountCreated', 'Somebody signed up'),
      'account.updated': t('webhooks.accountUpdated', 'A profile of here changed'),
      'report.created': t('webhooks.reportCreated', 'A report came in'),
      'report.updated': t('webhooks.reportUpdated', 'A report changed'),
      'status.created': t('webhooks.statusCreated', 'A public post was written here'),
      'status.updated': t('webhooks.statusUpdated', 'A public post of here was edited'),
    } satisfies Record<WebhookEvent, string> as Record<string, string>
  )[event] ?? t('webhooks.test', 'Test')

export const stateName = (state: string): string =>
  (
    {
      waiting: t('webhooks.waiting', 'Tried again later'),
      delivered: t('webhooks.delivered', 'Delivered'),
      failed: t('webhooks.failed', 'Given up'),
      dropped: t('webhooks.dropped', 'Not sent: gone meanwhile'),
    } as Record<string, string>
  )[state] ?? state

/** How one fares, in a line. */
export function standingOf({ enabled, problem, last }: Webhook): string {
  if (!enabled) return problem ?? t('webhooks.off', 'Off')
  if (!last) return t('webhooks.nothingYet', 'On, told of nothing yet')
  if (last.waiting > 0)
    return t('webhooks.waits', '{n, plural, one {# delivery waits} other {# deliveries wait}} for another attempt', {
      n: last.waiting,
    })
  return t('webhooks.lastWas', 'On. Last: {state}', { state: stateName(last.state) })
}
