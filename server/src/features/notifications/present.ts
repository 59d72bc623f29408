import type { Account } from '@hamlet/contract/account'
import { isHiddenIn } from '@hamlet/contract/fold'
import type {
  GroupedNotificationsResults,
  Notification,
  NotificationGroup,
  NotificationRequest,
  PartialAccountWithAvatar,
} from '@hamlet/contract/notification'
import type { AccountWarning, Report } from '@hamlet/contract/moderation'
import type { RelationshipSeveranceEvent } from '@hamlet/contract/severance'
import { presentReports, presentWarnings } from '#features/moderation'
import { presentAccounts } from '#features/profiles'
import { findSeverances, presentSeverance } from '#features/relationships'
import { presentStatuses } from '#features/statuses'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { GroupRow } from './groups.ts'
import type { RequestRow } from './requests.ts'
import type { NotificationRow } from './store.ts'
import { findBusy, type Busy } from './surge.ts'
import { isGrouped } from './types.ts'

async function presentStatusesById(ctx: Context, viewerId: Id, ids: readonly (Id | null)[]) {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  const statuses = wanted.length > 0 ? await presentStatuses(ctx, viewerId, wanted) : []
  return new Map(statuses.map((status) => [status.id, status]))
}

async function presentReportsById(ctx: Context, ids: readonly (Id | null)[]) {
  const wanted = ids.filter((id) => id !== null)
  return wanted.length > 0 ? presentReports(ctx, wanted) : new Map<Id, Report>()
}

async function presentEventsById(ctx: Context, viewerId: Id, ids: readonly (Id | null)[]) {
  const wanted = ids.filter((id) => id !== null)
  const found = await findSeverances(ctx, viewerId, wanted)
  return new Map([...found].map(([id, row]) => [id, presentSeverance(row)]))
}

/** Notifications as JSON, in their order, in a fixed number of queries. */
export async function presentNotifications(
  ctx: Context,
  viewerId: Id,
  rows: readonly NotificationRow[],
): Promise<Notification[]> {
  const accounts = await presentAccounts(
    ctx,
    rows.map((row) => row.from_account_id),
  )
  const statuses = await presentStatusesById(
    ctx,
    viewerId,
    rows.map((row) => row.status_id),
  )
  const reports = await presentReportsById(
    ctx,
    rows.map((row) => row.report_id),
  )
  const events = await presentEventsById(
    ctx,
    viewerId,
    rows.map((row) => row.severance_id),
  )
  const warnings = await presentWarnings(
    ctx,
    viewerId,
    rows.flatMap((row) => row.strike_id ?? []),
  )
  return rows.flatMap((row) => {
    const account = accounts.get(row.from_account_id)
    const status = row.status_id === null ? undefined : statuses.get(row.status_id)
    const report = row.report_id === null ? undefined : reports.get(row.report_id)
    const event = row.severance_id === null ? undefined : events.get(row.severance_id)
    // Between the list and here a post or a report can go.
    if (!account || (row.status_id !== null && !status) || (row.report_id !== null && !report)) return []
    if (row.severance_id !== null && !event) return []
    const warning = row.strike_id === null ? undefined : warnings.get(row.strike_id)
    if (row.strike_id !== null && !warning) return []
    return {
      id: row.id,
      type: row.type,
      created_at: row.created_at,
      // A surge is a group of ours alone: apps read the same key that the grouped list shows them.
      group_key: (isGrouped(row.type) && row.group_key) || `ungrouped-${row.id}`,
      ...(row.filtered ? { filtered: true as const } : {}),
      account,
      ...(status ? { status } : {}),
      ...(report ? { report } : {}),
      ...(event ? { event } : {}),
      ...(warning ? { moderation_warning: warning } : {}),
    }
  })
}

export type Expand = 'full' | 'partial_avatars'

/** Groups with everyone and everything they name, each once. */
export async function presentGroups(
  ctx: Context,
  viewerId: Id,
  rows: readonly GroupRow[],
  expand: Expand = 'full',
): Promise<GroupedNotificationsResults> {
  const busy = await findBusy(
    ctx,
    viewerId,
    rows.flatMap((row) => row.about_id ?? []),
  )
  const offers = findOffers(rows, busy)
  const statuses = await presentStatusesById(ctx, viewerId, [
    ...rows.map((row) => row.status_id),
    ...[...offers.values()].map((offer) => offer.status_id),
  ])
  const reports = await presentReportsById(
    ctx,
    rows.map((row) => row.report_id),
  )
  const events = await presentEventsById(
    ctx,
    viewerId,
    rows.map((row) => row.severance_id),
  )
  const warnings = await presentWarnings(
    ctx,
    viewerId,
    rows.flatMap((row) => row.strike_id ?? []),
  )
  const shown = rows.filter(
    (row) =>
      (row.strike_id === null || warnings.has(row.strike_id)) &&
      (row.severance_id === null || events.has(row.severance_id)) &&
      (row.status_id === null || statuses.has(row.status_id)) &&
      (row.report_id === null || reports.has(row.report_id)),
  )
  const accounts = await presentAccounts(
    ctx,
    shown.flatMap((row) => facesOf(row)),
  )
  const groups = shown.map((row) => {
    const offer = offers.get(row.key)
    return presentGroup(row, { reports, events, warnings }, offer && statuses.has(offer.status_id) ? offer : undefined)
  })
  const all = [...accounts.values()]
  // With partial avatars only the first face of each group is whole (mastodon-api 1.11, expand_accounts).
  const whole = new Set(shown.map((row) => facesOf(row)[0]))
  if (expand === 'full') return { accounts: all, statuses: [...statuses.values()], notification_groups: groups }
  return {
    accounts: all.filter((account) => whole.has(account.id)),
    partial_accounts: all.filter((account) => !whole.has(account.id)).map(presentPartial),
    statuses: [...statuses.values()],
    notification_groups: groups,
  }
}

const FACES = 8

/** The latest people of a group, each once. */
const facesOf = (row: GroupRow) => [...new Set(row.sample)].slice(0, FACES)

type Offer = NonNullable<NotificationGroup['hamlet']>

/** What to say of a busy or paused post, by the key of its newest group: once for each post. */
function findOffers(rows: readonly GroupRow[], busy: ReadonlyMap<Id, Busy>): Map<string, Offer> {
  const offers = new Map<string, Offer>()
  const said = new Set<Id>()
  for (const { key, about_id: id } of rows) {
    const facts = id === null ? undefined : busy.get(id)
    if (id === null || !facts || said.has(id) || !(facts.isSurge || facts.pausedUntil)) continue
    said.add(id)
    offers.set(key, {
      status_id: id,
      surge: facts.isSurge,
      events: facts.events,
      paused_until: facts.pausedUntil,
    })
  }
  return offers
}

type Named = {
  reports: ReadonlyMap<Id, Report>
  events: ReadonlyMap<Id, RelationshipSeveranceEvent>
  warnings: ReadonlyMap<Id, AccountWarning>
}

function presentGroup(row: GroupRow, named: Named, offer: Offer | undefined): NotificationGroup {
  const report = row.report_id === null ? undefined : named.reports.get(row.report_id)
  const event = row.severance_id === null ? undefined : named.events.get(row.severance_id)
  const warning = row.strike_id === null ? undefined : named.warnings.get(row.strike_id)
  return {
    group_key: row.key,
    notifications_count: row.count,
    type: row.type,
    most_recent_notification_id: Number(row.newest_id),
    page_min_id: row.page_min_id,
    page_max_id: row.page_max_id,
    latest_page_notification_at: row.newest_at,
    sample_account_ids: facesOf(row),
    ...(row.status_id === null ? {} : { status_id: row.status_id }),
    ...(report ? { report } : {}),
    ...(event ? { event } : {}),
    ...(warning ? { moderation_warning: warning } : {}),
    ...(offer ? { hamlet: offer } : {}),
  }
}

function presentPartial(account: Account): PartialAccountWithAvatar {
  const { id, acct, url, avatar, avatar_static, locked, bot } = account
  return { id, acct, url, avatar, avatar_static, locked, bot }
}

export async function presentRequests(
  ctx: Context,
  viewerId: Id,
  rows: readonly RequestRow[],
): Promise<NotificationRequest[]> {
  const accounts = await presentAccounts(
    ctx,
    rows.map((row) => row.from_account_id),
  )
  const statuses = await presentStatusesById(
    ctx,
    viewerId,
    rows.map((row) => row.last_status_id),
  )
  return rows.flatMap((row) => {
    const account = accounts.get(row.from_account_id)
    if (!account) return []
    return {
      id: row.id,
      created_at: row.created_at,
      updated_at: row.updated_at,
      notifications_count: String(row.count),
      account,
      last_status: (row.last_status_id && statuses.get(row.last_status_id)) || null,
    }
  })
}

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
