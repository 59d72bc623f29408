import { createHash, randomBytes } from 'node:crypto'
import { sendLetter } from '#features/letters'
import { findUserOfAccount } from '#features/users'
import { makeId, type Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { enqueue, defineJob } from '#platform/jobs'
import type { Decision } from './decisions.ts'

type Strike = {
  moderatorId: Id | null
  targetId: Id
  reportId: Id | null
  decision: Decision
  text: string
  /** Whether the person is told by mail, with the way to appeal. */
  isTold?: boolean
}

/** Writes a decision down against somebody, and has them told. */
export async function strike(
  tx: Tx,
  { moderatorId, targetId, reportId, decision, text, isTold = true }: Strike,
): Promise<Id> {
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
  if (isTold) await enqueue(tx, mailStrike, { strikeId: id })
  return id
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
    if (!row || !person) return
    const secret = randomBytes(32).toString('base64url')
    await transact(ctx, (tx) =>
      tx.db
        .updateTable('strikes')
        .set({ appeal_secret_hash: hashAppealSecret(secret) })
        .where('id', '=', strikeId)
        .execute(),
    )
    const link = `${ctx.config.url}/appeal?key=${secret}`
    await sendLetter(ctx, person, 'strike', { decision: row.action, text: row.text, link })
  },
})
