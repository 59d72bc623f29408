import { sql } from 'kysely'
import { ensureInstanceActor, findAccount, findInbox } from '#features/accounts'
import { deliver } from '#federation'
import type { Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { findReport, type ReportRow } from './store.ts'

/** Tells the other servers, in the name of this one: who reported is not said (federation-security.md 8.13). */
export const deliverFlag = defineJob<{ reportId: Id }>({
  name: 'moderation.deliver-flag',
  run: (ctx, { reportId }) =>
    transact(ctx, async (tx) => {
      const report = await findReport(tx, reportId)
      const target = report && (await findAccount(tx, report.target_account_id))
      if (!report || !target) return
      const inboxes = await listInboxesOf(tx, report, target.is_local)
      if (inboxes.length === 0) return
      const senderId = await ensureInstanceActor(tx)
      const sender = await findAccount(tx, senderId)
      await deliver(tx, {
        accountId: senderId,
        inboxes,
        activity: {
          '@context': 'https://www.w3.org/ns/activitystreams',
          id: `${tx.config.url}/ap/reports/${reportId}`,
          type: 'Flag',
          actor: sender?.uri,
          to: [target.uri],
          content: report.comment,
          object: [target.uri, ...(await listUris(tx, report.status_ids))],
        },
      })
    }),
})

/** The account's own server, and one inbox of each other that was ticked. */
async function listInboxesOf(tx: Tx, report: ReportRow, isLocal: boolean): Promise<string[]> {
  const own = isLocal ? undefined : await findInbox(tx, report.target_account_id)
  const { rows } = await sql<{ inbox: string }>`
    select distinct on (d.host) coalesce(a.shared_inbox_url, a.inbox_url) as inbox
    from accounts a join domains d on d.id = a.domain_id and not d.is_local
    where d.host = any(${report.forward_hosts}) order by d.host, a.shared_inbox_url nulls last, a.id`.execute(tx.db)
  return [...new Set([...(own === undefined ? [] : [own]), ...rows.map((row) => row.inbox)])]
}

async function listUris(tx: Tx, ids: readonly Id[]): Promise<string[]> {
  const { rows } = await sql<{ uri: string }>`
    select s.uri from statuses s where s.id = any(${[...ids]}::bigint[]) order by s.id`.execute(tx.db)
  return rows.map((row) => row.uri)
}
