import { createHash, randomBytes } from 'node:crypto'
import { readSettings } from '#features/settings'
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
  /** Posts that it is about, and those that it changed itself. */
  statusIds?: readonly Id[]
  changedIds?: readonly Id[]
  ruleIds?: readonly Id[]
  /** Nobody of the team decided it. */
  isAutomated?: boolean
  endsAt?: string | null
}

/** Writes a decision down against somebody, and has them told. */
export async function strike(tx: Tx, given: Strike): Promise<Id> {
  const { moderatorId, targetId, reportId, decision, text, isTold = true } = given
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
      status_ids: [...(given.statusIds ?? [])],
      changed_ids: [...(given.changedIds ?? [])],
      rule_ids: [...(given.ruleIds ?? [])],
      is_automated: given.isAutomated ?? false,
      ends_at: given.endsAt ?? null,
      created_at: now.toISOString(),
    })
    .execute()
  if (isTold) await enqueue(tx, mailStrike, { strikeId: id })
  return id
}

const WORDS: Record<string, string> = {
  warn: 'This is a warning. Nothing else was done.',
  mark: 'The pictures, films and sounds of the posts that it is about are covered.',
  delete: 'The posts it is about were removed.',
  sensitive: 'All pictures, films and sounds of your account are shown as sensitive from now on.',
  freeze: 'Your account is frozen: you can no longer use it. What you posted stays.',
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

/** Tells a person that something has ended by itself. */
export const mailEnded = defineJob<{ strikeId: Id }>({
  name: 'moderation.mail-ended',
  run: async (ctx, { strikeId }) => {
    const row = await ctx.db
      .selectFrom('strikes')
      .select(['action', 'target_account_id'])
      .where('id', '=', strikeId)
      .executeTakeFirst()
    const person = row && (await findUserOfAccount(ctx, row.target_account_id))
    if (!row || !person || person.email.endsWith('.invalid')) return
    const { title } = await readSettings(ctx)
    await ctx.mail.send({
      to: person.email,
      subject: `Your account at ${title}`,
      text: `What was decided about your account at ${ctx.config.domain} for a time is over now.\n`,
    })
  },
})
