import { randomBytes } from 'node:crypto'
import { sendLetter } from '#features/letters'
import { findRules } from '#features/settings'
import { findStatus } from '#features/statuses'
import { findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { APPEAL_DAYS, hashAppealSecret } from './terms.ts'

type StrikeRow = NonNullable<Awaited<ReturnType<typeof findStrikeRow>>>

const findStrikeRow = (ctx: Context, id: Id) =>
  ctx.db
    .selectFrom('strikes')
    .select([
      'action',
      'text',
      'target_account_id',
      'report_id',
      'status_ids',
      'rule_ids',
      'ends_at',
      'is_automated',
      'undone_at',
    ])
    .where('id', '=', id)
    .executeTakeFirst()

/** The strike and the person it is against, where there still are such. */
async function findReader(ctx: Context, strikeId: Id) {
  const row = await findStrikeRow(ctx, strikeId)
  const person = row && (await findUserOfAccount(ctx, row.target_account_id))
  return row && person && { row, person }
}

/** Tells the person what was decided and why, with the link by which they can appeal: made now, kept as a hash. */
export const mailStrike = defineJob<{ strikeId: Id }>({
  name: 'moderation.mail-strike',
  run: async (ctx, { strikeId }) => {
    const found = await findReader(ctx, strikeId)
    if (!found) return
    const { row, person } = found
    const secret = randomBytes(32).toString('base64url')
    await transact(ctx, (tx) =>
      tx.db
        .updateTable('strikes')
        .set({ appeal_secret_hash: hashAppealSecret(secret) })
        .where('id', '=', strikeId)
        .execute(),
    )
    await sendLetter(ctx, person, 'strike', {
      decision: row.action,
      text: row.text,
      ...(await findGrounds(ctx, row)),
      until: row.ends_at ?? '',
      cause: row.report_id === null ? '' : 'report',
      automated: row.is_automated ? 'yes' : '',
      link: `${ctx.config.url}/appeal?key=${secret}`,
      days: APPEAL_DAYS,
    })
  },
})

const LONGEST_EXCERPT = 300
const MOST_EXCERPTS = 5

/** What a decision rests on, in words: the rules, and the person's own posts as they were. */
async function findGrounds(ctx: Context, row: StrikeRow): Promise<{ rules: string; posts: string }> {
  const rules = await findRules(ctx, row.rule_ids)
  const excerpts: string[] = []
  for (const id of row.status_ids.slice(0, MOST_EXCERPTS)) {
    const words = (await findStatus(ctx, id))?.text.trim()
    if (words) excerpts.push(words.replaceAll(/\s+/g, ' ').slice(0, LONGEST_EXCERPT))
  }
  return { rules: rules.map((rule) => rule.text).join('\n'), posts: excerpts.join('\n') }
}

type AboutStrike = 'strikeEnded' | 'strikeUndone'
const aboutStrike = (name: string, kind: AboutStrike) =>
  defineJob<{ strikeId: Id }>({
    name: `moderation.${name}`,
    run: async (ctx, { strikeId }) => {
      const found = await findReader(ctx, strikeId)
      if (found) await sendLetter(ctx, found.person, kind, { decision: found.row.action })
    },
  })

/** Tells a person that something has ended by itself, or was taken back. */
export const mailEnded = aboutStrike('mail-ended', 'strikeEnded')
export const mailUndone = aboutStrike('mail-undone', 'strikeUndone')

export const mailAppealDecided = defineJob<{ appealId: Id }>({
  name: 'moderation.mail-appeal-decided',
  run: async (ctx, { appealId }) => {
    const appeal = await ctx.db
      .selectFrom('appeals')
      .select(['strike_id', 'text', 'approved'])
      .where('id', '=', appealId)
      .executeTakeFirst()
    const found = appeal && (await findReader(ctx, appeal.strike_id))
    if (!appeal || !found) return
    const kind = appeal.approved ? 'appealApproved' : 'appealRejected'
    await sendLetter(ctx, found.person, kind, { decision: found.row.action, text: appeal.text })
  },
})

export const letterJobs = [mailStrike, mailEnded, mailUndone, mailAppealDecided]
