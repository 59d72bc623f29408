import { isHiddenIn } from '@hamlet/contract/filter'
import type { GroupedNotificationsResults, Notification } from '@hamlet/contract/notification'

/**
 * Whether a filter of the receiver hides what a notification is about, so that nothing is told of it: not in a list, not
 * live, not by push (mastodon-api 1.10, context `notifications`).
 */
export function isHiddenNotification({ status }: Notification): boolean {
  return isHiddenIn(status?.filtered, 'notifications')
}

/** A page of groups without those about hidden posts, and without the people that only these named. */
export function withoutHidden(page: GroupedNotificationsResults): GroupedNotificationsResults {
  const hidden = new Set(
    page.statuses.filter((status) => isHiddenIn(status.filtered, 'notifications')).map((status) => status.id),
  )
  if (hidden.size === 0) return page
  const groups = page.notification_groups.filter((group) => !group.status_id || !hidden.has(group.status_id))
  const named = new Set(groups.flatMap((group) => group.sample_account_ids))
  return {
    ...page,
    accounts: page.accounts.filter((account) => named.has(account.id)),
    ...(page.partial_accounts
      ? { partial_accounts: page.partial_accounts.filter((account) => named.has(account.id)) }
      : {}),
    statuses: page.statuses.filter((status) => !hidden.has(status.id)),
    notification_groups: groups,
  }
}
