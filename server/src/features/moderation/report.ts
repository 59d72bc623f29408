import { sql } from 'kysely'
import { findAccount, type AccountRow } from '#features/accounts'
import { findRules } from '#features/settings'
import { onlyVisible } from '#features/visibility'
import { isId, makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { keepEvidence } from './cases/evidence/keep-evidence.ts'
import { findGroupKeys } from './cases/group-keys.ts'

export const reportFiled = defineEvent<{ reportId: Id; reporterId: Id; targetId: Id; isForwarded: boolean }>(
  'moderation.report-filed',
)

export type NewReport = {
  targetId: string
  statusIds: readonly string[]
  comment: string
  category: 'spam' | 'legal' | 'violation' | 'other'
  ruleIds: readonly string[]
  isForwarded: boolean
  /** Servers beside that of the account; those that have nothing to do with the posts are left out. */
  forwardHosts?: readonly string[]
  /** Of a report by another server. */
  uri?: string
}

/** mastodon-limits.md: 1000 characters; a stranger's server may say 5000. */
const LONGEST = { local: 1000, remote: 5000 }
const MOST_POSTS = 100
/** The same words about the same posts so soon are a second press. */
const SAME_MS = 10 * 60_000

/**
 * Tells the moderators about an account, with posts of it that the reporter can see: what they said is kept with the
 * report, since it may change. Told twice, it is one report.
 */
export async function fileReport(tx: Tx, reporterId: Id, report: NewReport): Promise<Id> {
  const target = isId(report.targetId) ? await findAccount(tx, report.targetId) : undefined
  const reporter = await findAccount(tx, reporterId)
  if (!target || !reporter || target.suspended_at) throw notFound()
  const comment = readComment(report.comment, reporter)
  const ruleIds = await readRules(tx, report.ruleIds)
  const category = ruleIds.length > 0 ? 'violation' : report.category
  const statusIds = await listOwn(tx, target.id, await onlyVisible(tx, reporterId, report.statusIds))
  await sql`select pg_advisory_xact_lock(hashtextextended(${`report ${reporterId} ${target.id}`}, 0))`.execute(tx.db)
  const same = await findSame(tx, { reporterId, targetId: target.id, comment, category, statusIds, uri: report.uri })
  if (same) return same
  const forwardHosts = report.isForwarded ? await listForwardHosts(tx, statusIds, report.forwardHosts ?? []) : []
  const isForwarded = (report.isForwarded && !target.is_local) || forwardHosts.length > 0
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  await tx.db
    .insertInto('reports')
    .values({
      id,
      reporter_account_id: reporterId,
      target_account_id: target.id,
      category,
      comment,
      rule_ids: ruleIds,
      status_ids: statusIds,
      forwarded: isForwarded,
      forward_hosts: forwardHosts,
      group_keys: await findGroupKeys(tx, target, statusIds),
      uri: report.uri ?? null,
      created_at: now.toISOString(),
    })
    .execute()
  await keepEvidence(tx, { reportId: id, reporterId, statusIds })
  await emit(tx, reportFiled, { reportId: id, reporterId, targetId: target.id, isForwarded })
  return id
}

function readComment(text: string, reporter: AccountRow): string {
  const comment = text.trim()
  if (Array.from(comment).length > (reporter.is_local ? LONGEST.local : LONGEST.remote))
    throw invalid('Validation failed: Comment is too long (maximum is 1000 characters)')
  return comment
}

async function readRules(tx: Tx, ids: readonly string[]): Promise<Id[]> {
  const wanted = [...new Set(ids)]
  const known = (await findRules(tx, wanted.filter(isId))).map((rule) => rule.id)
  if (known.length < wanted.length) throw invalid('Validation failed: Rules does not reference valid rules')
  return known
}

/** Posts of others that stand among them are left out: the report is about one account. */
async function listOwn(tx: Tx, targetId: Id, ids: readonly Id[]): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`
    select s.id from statuses s where s.id = any(${[...ids]}::bigint[]) and s.account_id = ${targetId} and s.reblog_of_id is null
    order by s.id limit ${MOST_POSTS}`.execute(tx.db)
  return rows.map((row) => row.id)
}

type Same = {
  reporterId: Id
  targetId: Id
  comment: string
  category: string
  statusIds: readonly Id[]
  uri: string | undefined
}

async function findSame(tx: Tx, { reporterId, targetId, comment, category, statusIds, uri }: Same) {
  const since = new Date(tx.clock.now().getTime() - SAME_MS).toISOString()
  const { rows } = await sql<{ id: Id }>`
    select r.id from reports r where r.uri = ${uri ?? null}
    union all
    select r.id from reports r where r.reporter_account_id = ${reporterId} and r.target_account_id = ${targetId} and r.resolved_at is null
      and r.comment = ${comment} and r.category = ${category} and r.status_ids = ${[...statusIds]}::bigint[]
      and r.created_at > ${since}::timestamptz
    limit 1`.execute(tx.db)
  return rows[0]?.id
}

/** Of these hosts, those whose people the posts answer or name (as Mastodon 4.7): nobody else's server is told. */
async function listForwardHosts(tx: Tx, statusIds: readonly Id[], hosts: readonly string[]): Promise<string[]> {
  const wanted = hosts.slice(0, 50).map((host) => host.toLowerCase())
  if (wanted.length === 0 || statusIds.length === 0) return []
  const { rows } = await sql<{ host: string }>`
    select distinct d.host from statuses s
    left join mentions m on m.status_id = s.id
    join accounts a on a.id = s.in_reply_to_account_id or a.id = m.account_id
    join domains d on d.id = a.domain_id and not d.is_local
    where s.id = any(${[...statusIds]}::bigint[]) and d.host = any(${wanted})`.execute(tx.db)
  return rows.map((row) => row.host)
}
