import { createRule, switchRule } from '#features/gates'
import { tryRule } from '#features/moderation'
import { decideHolds, undoHits } from '#features/statuses'
import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { transact } from '#platform/context'
import type { Person, TestTown } from './test-town.ts'

const wording: RuleWording = {
  title: 'Barnacles',
  match: 'all',
  conditions: [{ kind: 'text', words: ['barnacle'], whole: true }],
  effects: [{ kind: 'hold' }],
  public_text: '',
  expires_at: null,
}

/** A rule that somebody wrote, tried and switched on; what it did, what waits by it, and what was decided and undone. */
export async function furnishRules(
  town: TestTown,
  who: Person,
  others: readonly Person[],
): Promise<{ contentRule: string; trial: string }> {
  const { accountId } = who
  const contentRule = await transact(town.ctx, async (tx) => {
    const { id } = await createRule(tx, accountId, wording)
    await switchRule(tx, accountId, id, true)
    return id
  })
  for (const { token } of [...others, ...others, ...others])
    await town.call('POST', '/api/v1/statuses', { token, json: { status: 'a barnacle' } })
  const [first] = await town.ctx.db.selectFrom('content_holds').select('id').orderBy('id').execute()
  const [hit] = await town.ctx.db.selectFrom('content_rule_hits').select('id').orderBy('id', 'desc').execute()
  await transact(town.ctx, (tx) => decideHolds(tx, accountId, [first?.id ?? '0'], 'approved'))
  await transact(town.ctx, (tx) => undoHits(tx, accountId, contentRule, hit?.id))
  const trial = await transact(town.ctx, (tx) => tryRule(tx, accountId, wording, 100))
  await transact(town.ctx, (tx) => switchRule(tx, accountId, contentRule, false))
  await town.settled()
  return { contentRule, trial }
}
