import { findAccount, findInbox, ensureInstanceActor } from '#features/accounts'
import { findStatus } from '#features/statuses'
import { onlyVisible } from '#features/visibility'
import { deliver } from '#federation'
import { isId, makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { defineJob } from '#platform/jobs'
import { findReport } from './store.ts'

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
}

/** mastodon-limits.md: 1000 characters; a stranger's server may say 5000. */
const LONGEST = { local: 1000, remote: 5000 }
const MOST_POSTS = 100

/**
 * Tells the moderators about an account, with posts of it that the reporter can see: what they said is kept with the
 * report, since it may change.
 */
export async function fileReport(tx: Tx, reporterId: Id, report: NewReport): Promise<Id> {
  const target = isId(report.targetId) ? await findAccount(tx, report.targetId) : undefined
  const reporter = await findAccount(tx, reporterId)
  if (!target || !reporter || target.suspended_at) throw notFound()
  const comment = report.comment.trim()
  if (Array.from(comment).length > (reporter.is_local ? LONGEST.local : LONGEST.remote))
    throw invalid('Validation failed: Comment is too long (maximum is 1000 characters)')
  const seen = await onlyVisible(tx, reporterId, report.statusIds.slice(0, MOST_POSTS))
  const snapshot: { id: Id; text: string; html: string; warning: string; at: string }[] = []
  for (const id of seen) {
    const status = await findStatus(tx, id)
    if (status?.account_id !== target.id) continue
    const { content, spoiler_text: warning, created_at: at } = status
    snapshot.push({
      id,
      text: content
        .replaceAll(/<[^>]*>/g, ' ')
        .trim()
        .slice(0, 300),
      html: content,
      warning,
      at,
    })
  }
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  const isForwarded = report.isForwarded && !target.is_local
  await tx.db
    .insertInto('reports')
    .values({
      id,
      reporter_account_id: reporterId,
      target_account_id: target.id,
      category: report.ruleIds.length > 0 ? 'violation' : report.category,
      comment,
      rule_ids: report.ruleIds.filter(isId),
      status_ids: snapshot.map((one) => one.id),
      snapshot: JSON.stringify(snapshot),
      forwarded: isForwarded,
      created_at: now.toISOString(),
    })
    .execute()
  await emit(tx, reportFiled, { reportId: id, reporterId, targetId: target.id, isForwarded })
  return id
}

/** Tells the other server, in the name of this one: who reported is not said (federation-security.md 8.13). */
export const deliverFlag = defineJob<{ reportId: Id }>({
  name: 'moderation.deliver-flag',
  run: (ctx, { reportId }) =>
    transact(ctx, async (tx) => {
      const report = await findReport(tx, reportId)
      const target = report && (await findAccount(tx, report.target_account_id))
      const inbox = target && (await findInbox(tx, target.id))
      if (!report || !target || !inbox) return
      const senderId = await ensureInstanceActor(tx)
      const sender = await findAccount(tx, senderId)
      const posts = await Promise.all(report.status_ids.map((id) => findStatus(tx, id)))
      await deliver(tx, {
        accountId: senderId,
        inboxes: [inbox],
        activity: {
          '@context': 'https://www.w3.org/ns/activitystreams',
          id: `${tx.config.url}/ap/reports/${reportId}`,
          type: 'Flag',
          actor: sender?.uri,
          to: [target.uri],
          content: report.comment,
          object: [target.uri, ...posts.flatMap((post) => (post ? [post.uri] : []))],
        },
      })
    }),
})
