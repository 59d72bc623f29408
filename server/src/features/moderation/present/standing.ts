import type { OwnReport, OwnStrike, Standing } from '@hamlet/contract/standing'
import { findAccountsById, requireAccount } from '#features/accounts'
import { findRules } from '#features/settings'
import { findStatusesById } from '#features/statuses'
import { findUser } from '#features/users'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import {
  appealUntil,
  findOwnStrike,
  listOwnReports,
  listOwnStrikes,
  type OwnStrikeRow,
} from '../appeals/list-standing.ts'
import { labelOf } from '../label.ts'
import { stateOf } from './team.ts'

const EXCERPT = 300

/** How somebody stands with the team. A fixed number of queries, however much there is. */
export async function presentStanding(ctx: Context, userId: Id, accountId: Id): Promise<Standing> {
  const [account, person] = [await requireAccount(ctx, accountId), await findUser(ctx, userId)]
  return {
    access: account.suspended_at !== null ? 'suspended' : person?.disabled_at ? 'frozen' : 'free',
    strikes: await presentStrikes(ctx, await listOwnStrikes(ctx, accountId)),
    reports: await presentOwnReports(ctx, accountId),
  }
}

export async function presentOwnStrike(ctx: Context, accountId: Id, strikeId: Id): Promise<OwnStrike> {
  const row = await findOwnStrike(ctx, accountId, strikeId)
  const [strike] = row ? await presentStrikes(ctx, [row]) : []
  if (!strike) throw notFound()
  return strike
}

async function presentStrikes(ctx: Context, rows: readonly OwnStrikeRow[]): Promise<OwnStrike[]> {
  const rules = new Map(
    (
      await findRules(
        ctx,
        rows.flatMap((row) => row.rule_ids),
      )
    ).map((rule) => [rule.id, rule.text]),
  )
  const posts = await findStatusesById(ctx, [...new Set(rows.flatMap((row) => row.status_ids))])
  const texts = new Map(posts.map((post) => [post.id, (post.text || post.spoiler_text).slice(0, EXCERPT)]))
  const now = ctx.clock.now()
  return rows.map((row) => ({
    id: row.id,
    action: row.action,
    text: row.text,
    created_at: row.created_at,
    ends_at: row.ends_at,
    state: stateOf(row),
    reported: row.report_id !== null,
    automated: row.is_automated,
    rules: row.rule_ids.flatMap((id) => rules.get(id) ?? []),
    posts: row.status_ids.flatMap((id) => {
      const text = texts.get(id)
      return text === undefined ? [] : [{ id, text }]
    }),
    appeal_until: appealUntil(row, now),
    appeal:
      row.appealed_at === null
        ? null
        : {
            text: row.appeal_text ?? '',
            created_at: row.appealed_at,
            decided_at: row.decided_at,
            approved: row.approved,
          },
  }))
}

async function presentOwnReports(ctx: Context, accountId: Id): Promise<OwnReport[]> {
  const rows = await listOwnReports(ctx, accountId)
  const people = await findAccountsById(
    ctx,
    rows.map((row) => row.target_account_id),
  )
  return rows.flatMap(({ target_account_id: id, ...row }) => {
    const target = people.get(id)
    return target ? [{ ...row, acct: labelOf(target) }] : []
  })
}
