import { findAccountByUri } from '#features/accounts'
import { findPoliciesFor } from '#features/domains'
import { findStatusByUri } from '#features/statuses'
import { htmlToText, type Activity } from '#federation'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { fileReport } from './report.ts'

const LONGEST = 5000

/** A report from another server: about somebody who lives here, with posts of theirs (federation.md c.8). */
export async function handleFlag(tx: Tx, activity: Activity): Promise<void> {
  const reporter = await findAccountByUri(tx, activity.actor)
  if (!reporter) throw notFound()
  // The team wants no reports of this server.
  if ((await findPoliciesFor(tx, [reporter.host])).get(reporter.host)?.reject_reports) return
  const posts = []
  let targetId: string | undefined
  for (const uri of activity.objectIds) {
    const account = await findAccountByUri(tx, uri)
    if (account?.is_local) targetId ??= account.id
    const status = account ? undefined : await findStatusByUri(tx, uri)
    if (status?.is_local) posts.push(status)
  }
  targetId ??= posts[0]?.account_id
  if (!targetId) return
  const { content } = activity.raw
  await fileReport(tx, reporter.id, {
    targetId,
    statusIds: posts.filter((post) => post.account_id === targetId).map((post) => post.id),
    comment: typeof content === 'string' ? htmlToText(content.slice(0, LONGEST)).slice(0, LONGEST) : '',
    category: 'other',
    ruleIds: [],
    isForwarded: false,
  })
}
