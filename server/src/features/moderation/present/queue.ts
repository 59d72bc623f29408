import type { Account } from '@hamlet/contract/account'
import type { Bulk, Queue, QueueGroup, QueueItem } from '@hamlet/contract/moderation'
import { presentAccounts } from '#features/profiles'
import { findRules } from '#features/settings'
import { countWaiting } from '#features/users'
import type { Id } from '#lib/id'
import { plainText } from '#lib/plain-text'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { countItems, listFailed } from '../cases/bulk/store.ts'
import { findBulkRow } from '../cases/bulk/run-bulk.ts'
import type { QueueFilter } from '../cases/queue/grouped.ts'
import {
  countQueue,
  listGroups,
  listMembers,
  listWaitingAbout,
  nextOf,
  readCursor,
  type Member,
  type WaitingRow,
} from '../cases/queue/store.ts'
import { listViews } from '../cases/queue/views.ts'
import { listOpenAppeals } from '../store.ts'

type Asked = { viewerId: Id; filter: QueueFilter }

/** The queue in a fixed number of queries, however long it is. */
export async function presentQueue(
  ctx: Context,
  asked: Asked,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<Queue> {
  const rows = await listGroups(ctx, asked, { limit, after: readCursor(after) })
  const appeals = await listOpenAppeals(ctx)
  const { items, people } = await presentMembers(
    ctx,
    rows.flatMap((row) => row.members),
    appeals.flatMap((one) => [one.target_account_id, one.moderator_account_id ?? one.target_account_id]),
  )
  return {
    groups: rows.map((row): QueueGroup => {
      const { key, accounts, reports, since, members } = row
      const shown = members.flatMap(({ id }) => items.get(id) ?? [])
      return { ...readKey(key), key, accounts, reports, since, items: shown }
    }),
    next: nextOf(rows, limit),
    ...(await countQueue(ctx, asked.viewerId)),
    views: await listViews(ctx, asked.viewerId),
    appeals: appeals.flatMap(({ target_account_id, moderator_account_id, ...appeal }) => {
      const target = people.get(target_account_id)
      return target ? [{ ...appeal, target, by: people.get(moderator_account_id ?? '') ?? null }] : []
    }),
    sign_ups: await countWaiting(ctx),
  }
}

/** What a group has in common, in words where they may be said: where people's machines stand is not. */
function readKey(key: string): { kind: string; value: string | null } {
  const [kind = '', ...rest] = key.split(':')
  return { kind, value: kind === 'link' || kind === 'source' ? rest.join(':') : null }
}

/** Everybody in a group, a page of them. A fixed number of queries. */
export async function presentGroup(
  ctx: Context,
  asked: Asked,
  page: { key: string; limit: number; offset: number },
): Promise<QueueItem[]> {
  const members = await listMembers(ctx, asked, page)
  const { items } = await presentMembers(ctx, members, [])
  return members.flatMap(({ id }) => items.get(id) ?? [])
}

type Presented = { items: Map<Id, QueueItem>; people: Map<Id, Account> }

async function presentMembers(ctx: Context, members: readonly Member[], others: readonly Id[]): Promise<Presented> {
  const rows = await listWaitingAbout(
    ctx,
    members.map((one) => one.id),
  )
  const all = [...rows.values()]
  const people = await presentAccounts(ctx, [
    ...new Set([...all.flatMap((row) => [row.id, ...row.reporter_ids, row.assigned_account_id ?? row.id]), ...others]),
  ])
  const ruleIds = [...new Set(all.flatMap((row) => row.rule_id ?? []))]
  const rules = new Map((await findRules(ctx, ruleIds)).map((rule) => [rule.id, rule.text]))
  const items = new Map<Id, QueueItem>()
  for (const { id, level, because } of members) {
    const [row, target] = [rows.get(id), people.get(id)]
    if (!row || !target) continue
    items.set(id, {
      target,
      report_ids: row.report_ids,
      reporters: row.reporter_ids.flatMap((one) => people.get(one) ?? []),
      reporters_count: row.reporters,
      category: row.category,
      rule: rules.get(row.rule_id ?? '') ?? null,
      excerpt: excerptOf(row),
      since: row.since,
      severity: level,
      because,
      assigned: people.get(row.assigned_account_id ?? '') ?? null,
    })
  }
  return { items, people }
}

/** A post that was cut may end within a tag. */
const excerptOf = ({ content, comment }: WaitingRow): string =>
  (content === null ? comment : plainText(content.replace(/<[^>]*$/, ''))).replaceAll(/\s+/g, ' ').trim().slice(0, 300)

/** How far a decision about many has come. A fixed number of queries. */
export async function presentBulk(ctx: Context, viewerId: Id, id: Id): Promise<Bulk> {
  const bulk = await findBulkRow(ctx, id)
  if (!bulk || bulk.moderator_id !== viewerId) throw notFound()
  const failed = await listFailed(ctx, id)
  const people = await presentAccounts(
    ctx,
    failed.map((one) => one.target_account_id),
  )
  return {
    id,
    decision: bulk.decision,
    ...(await countItems(ctx, id)),
    failed: failed.flatMap(({ target_account_id, fault }) => {
      const target = people.get(target_account_id)
      return target ? [{ target, why: fault }] : []
    }),
    created_at: bulk.created_at,
    finished_at: bulk.finished_at,
  }
}
