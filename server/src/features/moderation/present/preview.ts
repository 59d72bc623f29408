import type { MeasureEffect } from '@hamlet/contract/measure'
import { findInboxForEnding, type AccountRow } from '#features/accounts'
import { countSeverable, listFollowerInboxes } from '#features/relationships'
import { previewPosts } from '#features/statuses'
import { findUserOfAccount } from '#features/users'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { isMeasure, type Decision, type Measure } from '../decisions.ts'
import { requireFitting } from '../measures/carry-out.ts'

export type Planned = { decision: Decision; statusIds: readonly Id[]; isTold: boolean }

const NOTHING = { posts: 0, followers: 0, following: 0, servers: 0, mailed: false, in_force: false }

/** What a decision would do, in numbers: read by the same rules that then carry it out. Nothing is changed. */
export async function previewDecision(ctx: Context, target: AccountRow, planned: Planned): Promise<MeasureEffect> {
  const { decision, statusIds, isTold } = planned
  if (decision === 'none') return { decision, ...NOTHING }
  requireFitting(target, decision, statusIds.length)
  const person = target.is_local ? await findUserOfAccount(ctx, target.id) : undefined
  const mailed = isTold && person !== undefined && !person.email.endsWith('.invalid')
  const common = { decision, ...NOTHING, mailed }
  if (decision === 'delete' || decision === 'mark') {
    const { ids, inboxes } = await previewPosts(ctx, target.id, statusIds, decision)
    return { ...common, posts: ids.length, servers: countHosts(inboxes) }
  }
  if (!isMeasure(decision)) return common
  const isOn = decision === 'freeze' ? person?.disabled_at != null : standsUnder(target, decision)
  if (isOn) return { ...common, in_force: true }
  if (decision === 'suspend') return { ...common, ...(await previewSuspension(ctx, target)) }
  const isSeen = decision !== 'freeze' && target.is_local
  return { ...common, servers: isSeen ? countHosts(await listFollowerInboxes(ctx, target.id)) : 0 }
}

function standsUnder(target: AccountRow, measure: Exclude<Measure, 'freeze'>): boolean {
  const { suspended_at: suspended, limited_at: limited, sensitized_at: sensitized } = target
  return { suspend: suspended, limit: limited, sensitive: sensitized }[measure] !== null
}

/** Everything of the account goes out of sight; a stranger's own server hears of the follows that end, and nobody else. */
async function previewSuspension(ctx: Context, target: AccountRow) {
  const { followers, following } = await countSeverable(ctx, target.id)
  if (target.is_local)
    return {
      followers,
      following,
      servers: countHosts(await listFollowerInboxes(ctx, target.id)),
      posts: target.statuses_count,
    }
  const inbox = followers + following > 0 ? await findInboxForEnding(ctx, target.id) : undefined
  return { followers, following, servers: inbox === undefined ? 0 : 1, posts: target.statuses_count }
}

const countHosts = (inboxes: readonly string[]): number => new Set(inboxes.map((inbox) => new URL(inbox).host)).size
