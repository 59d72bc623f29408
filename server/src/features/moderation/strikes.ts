import { makeId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { enqueue } from '#platform/jobs'
import type { Decision } from './decisions.ts'
import { countDecision } from './log/public-log.ts'
import { mailStrike } from './appeals/letters.ts'

/** Something was decided against somebody of this server, and they are told. */
export const strikeGiven = defineEvent<{ strikeId: Id; accountId: Id }>('moderation.strike-given')

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
  const { ruleIds, isAutomated } = given
  await countDecision(tx, {
    id,
    decision,
    reportId,
    ...(ruleIds ? { ruleIds } : {}),
    isAutomated: isAutomated ?? false,
  })
  if (isTold) {
    await enqueue(tx, mailStrike, { strikeId: id })
    await emit(tx, strikeGiven, { strikeId: id, accountId: targetId })
  }
  return id
}
