import { createHash, randomBytes } from 'node:crypto'
import { findAccount, setStanding } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { readSettings } from '#features/settings'
import { deleteStatus, findStatus } from '#features/statuses'
import { findUser, findUserOfAccount } from '#features/users'
import { makeId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { enqueue, defineJob } from '#platform/jobs'
import { findReport } from './store.ts'

export type Decision = 'none' | 'warn' | 'delete' | 'limit' | 'suspend'
export const decisions: readonly Decision[] = ['none', 'warn', 'delete', 'limit', 'suspend']

/** Nobody acts on the team: whoever holds a role of it is out of reach of the others (mastodon-features, roles). */
export async function requireInReach(tx: Tx, moderatorUserId: Id, targetId: Id): Promise<void> {
  const [moderator, target] = [await findUser(tx, moderatorUserId), await findUserOfAccount(tx, targetId)]
  if (target && target.role_position >= (moderator?.role_position ?? -1))
    throw new Refusal('forbidden', 'This person is of the team. Their role has to be taken away first.')
}

/**
 * Decides a report, and with it all open ones about the same account. Posts go, the account is limited or suspended,
 * the person is told and may appeal; all of it at once, with a line in the log of the team. Decided is decided: a second
 * press is refused.
 */
export async function decideReport(
  tx: Tx,
  moderator: { accountId: Id; userId: Id },
  reportId: Id,
  { decision, text }: { decision: Decision; text: string },
): Promise<void> {
  await tx.db.selectFrom('reports').select('id').where('id', '=', reportId).forUpdate().execute()
  const report = await findReport(tx, reportId)
  if (!report) throw notFound()
  if (report.resolved_at) throw new Refusal('conflict', 'This report is decided already.')
  const target = await findAccount(tx, report.target_account_id)
  if (!target) throw notFound()
  if (decision !== 'none') await requireInReach(tx, moderator.userId, target.id)
  if (decision === 'delete') await deletePosts(tx, target.id, report.status_ids)
  if (decision === 'limit') await setStanding(tx, target.id, 'limited', true)
  if (decision === 'suspend') await setStanding(tx, target.id, 'suspended', true)
  if (decision !== 'none')
    await strike(tx, { moderatorId: moderator.accountId, targetId: target.id, reportId, decision, text })
  await tx.db
    .updateTable('reports')
    .set({ resolved_at: tx.clock.now().toISOString(), resolved_by_account_id: moderator.accountId })
    .where('target_account_id', '=', target.id)
    .where('resolved_at', 'is', null)
    .execute()
  await writeAudit(tx, {
    actorId: moderator.accountId,
    action: `report.${decision}`,
    targetType: 'account',
    targetId: target.id,
    label: target.is_local ? target.username : `${target.username}@${target.host}`,
    details: { reportId },
  })
}

async function deletePosts(tx: Tx, authorId: Id, ids: readonly Id[]): Promise<void> {
  for (const id of ids.toSorted()) {
    const status = await findStatus(tx, id)
    if (status?.account_id === authorId) await deleteStatus(tx, authorId, id)
  }
}

type Strike = { moderatorId: Id | null; targetId: Id; reportId: Id; decision: Decision; text: string }

/** Writes a decision down against somebody, and has them told. */
export async function strike(tx: Tx, { moderatorId, targetId, reportId, decision, text }: Strike): Promise<Id> {
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  await tx.db
    .insertInto('strikes')
    .values({
      id,
      target_account_id: targetId,
      moderator_account_id: moderatorId,
      report_id: reportId,
      action: decision,
      text: text.trim().slice(0, 2000),
      created_at: now.toISOString(),
    })
    .execute()
  await enqueue(tx, mailStrike, { strikeId: id })
  return id
}

const WORDS: Record<string, string> = {
  warn: 'This is a warning. Nothing else was done.',
  delete: 'The posts it is about were removed.',
  limit: 'Your account is limited: only people who follow you see your posts without looking for them.',
  suspend: 'Your account is suspended: it can no longer be seen or used.',
}

export function hashAppealSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Tells the person what was decided and why, with the link by which they can appeal: made now, kept as a hash. */
export const mailStrike = defineJob<{ strikeId: Id }>({
  name: 'moderation.mail-strike',
  run: async (ctx, { strikeId }) => {
    const row = await ctx.db
      .selectFrom('strikes')
      .select(['action', 'text', 'target_account_id'])
      .where('id', '=', strikeId)
      .executeTakeFirst()
    const person = row && (await findUserOfAccount(ctx, row.target_account_id))
    // Residents of the demo village have no mailbox (RFC 6761, invalid).
    if (!row || !person || person.email.endsWith('.invalid')) return
    const { title } = await readSettings(ctx)
    const secret = randomBytes(32).toString('base64url')
    await transact(ctx, (tx) =>
      tx.db
        .updateTable('strikes')
        .set({ appeal_secret_hash: hashAppealSecret(secret) })
        .where('id', '=', strikeId)
        .execute(),
    )
    await ctx.mail.send({
      to: person.email,
      subject: `A decision about your account at ${title}`,
      text: `The moderators of ${ctx.config.domain} have decided something about your account.\n\n${WORDS[row.action] ?? ''}\n\n${row.text === '' ? '' : `They write: ${row.text}\n\n`}If you think that this is wrong, tell them why:\n\n${ctx.config.url}/appeal?key=${secret}\n`,
    })
  },
})
