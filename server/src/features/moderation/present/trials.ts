import type { RuleTrial, TrialHit } from '@hamlet/contract/content-rule'
import { presentStatuses } from '#features/statuses'
import { plainText } from '#lib/plain-text'
import type { Context } from '#platform/context'
import type { TrialRow } from '../rules/trial-store.ts'

const EXCERPT = 280

/** How far a trial came, and what it found; posts that are gone or closed since are left out. A fixed number of queries. */
export async function presentTrial(ctx: Context, row: TrialRow): Promise<RuleTrial> {
  const { result } = row
  const wanted = result?.examples ?? []
  // As anybody reads them: nothing of a trial is for the team alone.
  const statuses = await presentStatuses(
    ctx,
    null,
    wanted.map((one) => one.statusId),
  )
  const shown = new Map(statuses.map((status) => [status.id, status]))
  return {
    id: row.id,
    state: row.state,
    total: row.total,
    examined: row.examined,
    hits: row.found.length,
    innocent: result?.innocent ?? 0,
    reported: result?.reported ?? 0,
    authors: result?.authors ?? 0,
    servers: result?.servers ?? [],
    spread: result?.spread ?? [],
    since: result?.since ?? null,
    examples: wanted.flatMap(({ statusId, signs, isInnocent }) => {
      const status = shown.get(statusId)
      if (!status) return []
      const words = [status.spoiler_text, plainText(status.content ?? '')].filter(Boolean).join(' · ')
      return {
        status_id: statusId,
        account: status.account,
        excerpt: words.slice(0, EXCERPT),
        created_at: status.created_at,
        signs: signs as TrialHit['signs'],
        looks_innocent: isInnocent,
      }
    }),
  }
}
