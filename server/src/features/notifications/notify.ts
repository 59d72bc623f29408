import { sql, type RawBuilder } from 'kysely'
import { findAccount, type AccountRow } from '#features/accounts'
import { gatherMessages, type Message } from '#features/direct-threads'
import { announce } from '#features/streaming'
import { visibleTo } from '#features/visibility'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findPolicies, judge, type PolicyAnswer, type SenderFacts } from './policy.ts'
import { noteRequests } from './requests.ts'
import { groupSurging } from './surge.ts'
import { happensOn, isAddress, isFilterable, isGrouped, type Kind, type Occasion, type Told } from './types.ts'

/** Somebody was told something that is neither filtered nor paused. `isPushed`: an app or a browser of theirs wants pushes. */
export const notified = defineEvent<{ notificationId: Id; accountId: Id; kind: string; isPushed: boolean }>(
  'notifications.notified',
)

/**
 * Tells people of an occasion, each once however often this runs. Never of one's own acts (but the end of a poll), nobody who blocks, is blocked or mutes,
 * nobody who may not see the post; then the receiver's policy has its say. Private mentions that are let in go to the
 * receiver's threads; where the thread of a post is muted, that is all. The caller holds the post, so that its deletion
 * comes after.
 */
export async function notify(tx: Tx, occasion: Occasion): Promise<void> {
  const sender = await findAccount(tx, occasion.fromId)
  // Of a suspension whoever it is about is told, too.
  const isAboutThem = occasion.kind === 'moderation_warning'
  if (!sender || (sender.suspended_at && !isAboutThem) || occasion.receivers.length === 0) return
  const found = await findReceivers(tx, occasion, sender)
  const policies = await findPolicies(
    tx,
    found.map((one) => one.id),
  )
  const judged = found.map((receiver) => {
    const policy = policies.get(receiver.id)
    const answer = policy && isFilterable(occasion.kind) ? judge(policy, receiver.facts) : ('accept' as const)
    return { ...receiver, answer }
  })
  await gatherMessages(tx, messagesAmong(occasion, judged))
  const wanted = judged.filter((one) => one.answer !== 'drop' && !one.isMuted)
  const told = await insertNotifications(
    tx,
    occasion,
    wanted.map((one) => ({ ...one, isFiltered: one.answer === 'filter' })),
  )
  await groupSurging(tx, occasion.kind === 'mention' ? told : [])
  const asked = told.filter((one) => one.filtered && isAddress(occasion.kind))
  await noteRequests(
    tx,
    occasion,
    asked.map((one) => one.account_id),
  )
  const pushed = new Set(wanted.filter((one) => one.isPushed).map((one) => one.id))
  for (const one of told.filter((row) => !row.filtered && !row.quiet)) {
    const facts = { notificationId: one.id, accountId: one.account_id }
    await emit(tx, notified, { ...facts, kind: occasion.kind, isPushed: pushed.has(one.account_id) })
    tx.afterCommit(() => announce(tx.streams, 'notification', facts))
  }
}

/** Who receives a private mention as a message: whoever lets its sender in. */
function messagesAmong({ statusId }: Occasion, judged: readonly (Receiver & { answer: PolicyAnswer })[]): Message[] {
  if (statusId === undefined) return []
  return judged
    .filter(({ facts, answer }) => facts.isPrivateMention && answer === 'accept')
    .map(({ id, isMuted }) => ({ accountId: id, statusId, isQuiet: isMuted }))
}

type Receiver = {
  id: Id
  facts: SenderFacts
  /** They muted the thread. */
  isMuted: boolean
  /** Their own post that it happened on. */
  aboutId: Id | null
  /** They rest from that post, and do not follow who acted on it. */
  isQuiet: boolean
  isPushed: boolean
}

type Row = {
  id: Id
  follows_sender: boolean
  followed_since: string | null
  is_permitted: boolean
  is_private: boolean
  about_id: Id | null
  is_muted: boolean
  is_paused: boolean
  is_pushed: boolean
}

/** In SQL, for a post joined as `s`: the post of somebody else that it happened on, when it is the receiver's. */
function aboutOf(kind: Kind): RawBuilder<unknown> {
  if (kind === 'mention') return sql`s.in_reply_to_id`
  if (kind === 'quote') return sql`(select q.quoted_status_id from quotes q where q.status_id = s.id)`
  return happensOn(kind) ? sql`s.id` : sql`null::bigint`
}

/** Who of the receivers lives here and may be told at all. One query. */
async function findReceivers(tx: Tx, occasion: Occasion, sender: AccountRow): Promise<Receiver[]> {
  const { fromId, statusId = null, kind } = occasion
  const now = tx.clock.now()
  const seesPost = sql`exists (select 1 from statuses s where s.id = ${statusId}::bigint and ${visibleTo(sql`a.id`)})`
  const namesBlocked = sql`exists (select 1 from mentions m join blocks b on b.target_account_id = m.account_id
    where m.status_id = ${statusId}::bigint and b.account_id = a.id)`
  // Whoever asked is told of the end too (mastodon-features 4, Drop rules).
  const mayBeOwn = kind === 'poll' || kind === 'severed_relationships' || kind === 'moderation_warning'
  const found = await sql<Row>`
    select a.id,
      exists (select 1 from follows f where f.account_id = a.id and f.target_account_id = ${fromId} and f.state = 'accepted') as follows_sender,
      (select f.created_at from follows f where f.account_id = ${fromId} and f.target_account_id = a.id and f.state = 'accepted') as followed_since,
      exists (select 1 from notification_permissions p where p.account_id = a.id and p.from_account_id = ${fromId}) as is_permitted,
      exists (select 1 from statuses s where s.id = ${statusId}::bigint and s.visibility = 'direct') as is_private,
      exists (select 1 from thread_mutes muted where muted.conversation_id = s.conversation_id and muted.account_id = a.id
        and (muted.expires_at is null or muted.expires_at > ${now.toISOString()}::timestamptz)) as is_muted,
      about.id as about_id,
      exists (select 1 from notification_pauses z where z.account_id = a.id and z.status_id = about.id
        and z.ends_at > ${now.toISOString()}::timestamptz) as is_paused,
      exists (select 1 from push_subscriptions w where w.account_id = a.id) as is_pushed
    from accounts a join domains d on d.id = a.domain_id and d.is_local
      left join statuses s on s.id = ${statusId}::bigint
      left join statuses about on about.account_id = a.id and about.id = ${aboutOf(kind)}
    where a.id = any(${[...occasion.receivers]}::bigint[]) ${mayBeOwn ? sql`` : sql`and a.id <> ${fromId}`}
      ${kind === 'moderation_warning' ? sql`` : sql`and a.suspended_at is null`}
      and not exists (select 1 from blocks b where (b.account_id = a.id and b.target_account_id = ${fromId})
        or (b.account_id = ${fromId} and b.target_account_id = a.id))
      and not exists (select 1 from account_domain_blocks q join accounts z on z.domain_id = q.domain_id
        where q.account_id = a.id and z.id = ${fromId})
      and not exists (select 1 from mutes m where m.account_id = a.id and m.target_account_id = ${fromId}
        and m.hide_notifications and (m.expires_at is null or m.expires_at > ${now.toISOString()}::timestamptz))
      ${statusId === null ? sql`` : sql`and ${seesPost}`} ${kind === 'mention' ? sql`and not ${namesBlocked}` : sql``}`.execute(
    tx.db,
  )
  return found.rows.map((row) => ({
    id: row.id,
    isMuted: row.is_muted,
    facts: {
      followsSender: row.follows_sender,
      followedForMs: row.followed_since === null ? null : now.getTime() - Date.parse(row.followed_since),
      senderAgeMs: now.getTime() - Date.parse(sender.created_at),
      isLimited: sender.limited_at !== null,
      isBot: sender.bot,
      isPrivateMention: row.is_private && kind === 'mention',
      isAnswer: kind === 'mention' && row.about_id !== null,
      isPermitted: row.is_permitted,
    },
    aboutId: row.about_id,
    isQuiet: row.is_paused && !row.follows_sender,
    isPushed: row.is_pushed,
  }))
}

async function insertNotifications(
  tx: Tx,
  occasion: Occasion,
  receivers: readonly (Receiver & { isFiltered: boolean })[],
): Promise<Told[]> {
  if (receivers.length === 0) return []
  const now = tx.clock.now()
  const keys = await findGroupKeys(
    tx,
    occasion,
    receivers.map((one) => one.id),
  )
  return tx.db
    .insertInto('notifications')
    .values(
      receivers.map(({ id, aboutId, isFiltered, isQuiet }) => ({
        account_id: id,
        type: occasion.kind,
        from_account_id: occasion.fromId,
        status_id: occasion.statusId ?? null,
        report_id: occasion.reportId ?? null,
        severance_id: occasion.severanceId ?? null,
        strike_id: occasion.strikeId ?? null,
        about_id: aboutId,
        group_key: isFiltered ? null : (keys.get(id) ?? null),
        filtered: isFiltered,
        quiet: isQuiet,
        created_at: now.toISOString(),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'account_id', 'filtered', 'quiet', 'about_id'])
    .execute()
}

const HOUR_MS = 3_600_000
/** mastodon-features, Notification group key: a bucket is an hour; a group stays open for twelve. */
const OPEN_BUCKETS = 12

/** The group that a new notification joins, by receiver: the latest of its kind while that is open, or a new one. */
async function findGroupKeys(tx: Tx, occasion: Occasion, ids: readonly Id[]): Promise<Map<Id, string>> {
  if (!isGrouped(occasion.kind)) return new Map()
  const prefix = occasion.statusId === undefined ? occasion.kind : `${occasion.kind}-${occasion.statusId}`
  const bucket = Math.floor(tx.clock.now().getTime() / HOUR_MS)
  const open = await sql<{ account_id: Id; group_key: string }>`
    select distinct on (n.account_id) n.account_id, n.group_key from notifications n
    where n.account_id = any(${[...ids]}::bigint[]) and n.type = ${occasion.kind}
      and n.status_id is not distinct from ${occasion.statusId ?? null}::bigint and n.group_key is not null
    order by n.account_id, n.id desc`.execute(tx.db)
  const latest = new Map(open.rows.map((row) => [row.account_id, row.group_key]))
  return new Map(
    ids.map((id) => {
      const before = latest.get(id)
      const isOpen = before !== undefined && bucket - Number(before.slice(prefix.length + 1)) < OPEN_BUCKETS
      return [id, isOpen ? before : `${prefix}-${bucket}`]
    }),
  )
}
