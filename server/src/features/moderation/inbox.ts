import { sql } from 'kysely'
import { findAccountByUri } from '#features/accounts'
import { findPoliciesFor } from '#features/domains'
import { htmlToText, type Activity } from '#federation'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { fileReport } from './report.ts'

const LONGEST = 5000

/**
 * A report from another server: about somebody who lives here, or about posts from elsewhere that speak to people of
 * here (federation.md c.8). Who reported there is not known: the server speaks for them.
 */
export async function handleFlag(tx: Tx, activity: Activity): Promise<void> {
  const reporter = await findAccountByUri(tx, activity.actor)
  if (!reporter) throw notFound()
  if (await isUnheard(tx, reporter.host)) return
  const named = await findNamed(tx, activity.objectIds)
  const targetId = (named.find((one) => one.is_local) ?? named.find((one) => one.concerns_us))?.account_id
  if (targetId === undefined) return
  const { content } = activity.raw
  await fileReport(tx, reporter.id, {
    targetId,
    statusIds: named.filter((one) => one.account_id === targetId).flatMap((one) => one.status_id ?? []),
    comment: typeof content === 'string' ? htmlToText(content.slice(0, LONGEST)).slice(0, LONGEST) : '',
    category: 'other',
    ruleIds: [],
    isForwarded: false,
    ...(activity.id === undefined ? {} : { uri: activity.id }),
  })
}

/** Whether the team takes no reports of a server, or of one that it belongs to. */
async function isUnheard(tx: Tx, host: string): Promise<boolean> {
  const policy = (await findPoliciesFor(tx, [host])).get(host)
  return policy !== undefined && (policy.reject_reports || policy.severity === 'suspend')
}

type Named = { account_id: Id; status_id: Id | null; is_local: boolean; concerns_us: boolean }

/** The accounts and posts that a list of addresses names, accounts first. One query, however long it is. */
async function findNamed(tx: Tx, uris: readonly string[]): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select a.id as account_id, null::bigint as status_id, d.is_local, false as concerns_us
    from accounts a join domains d on d.id = a.domain_id where a.uri = any(${[...uris]}) and not (d.is_local and a.actor_type = 'Application')
    union all
    select s.account_id, s.id, s.is_local, exists (
      select 1 from accounts here join domains d on d.id = here.domain_id and d.is_local
      where here.id = s.in_reply_to_account_id
        or here.id in (select m.account_id from mentions m where m.status_id = s.id))
    from statuses s where s.uri = any(${[...uris]}) and s.state = 'live'
    order by status_id nulls first`.execute(tx.db)
  return rows
}
