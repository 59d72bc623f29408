import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'
import type { StatusRow } from '../store.ts'
import type { Mentioned } from '../write/compose.ts'
import { applyOutcome, judge, keepHits, requireEditTaken, requireTaken, waitForModerator } from './judge.ts'
import { draftOf } from './read-facts.ts'

type Words = {
  text: string
  content: string
  spoiler_text: string
  sensitive: boolean
  language: string | null
  quote_policy: string
}
type Edit = {
  mentioned: readonly Mentioned[]
  edit: { mediaIds?: readonly string[] | undefined; poll?: { options?: readonly string[] | undefined } | undefined }
}

/** What the rules make of a change to a post of somebody here. One that nobody has seen yet may come to wait by it. */
export async function judgeEdit<W extends Words>(
  tx: Tx,
  before: StatusRow,
  words: W,
  { mentioned, edit }: Edit,
): Promise<W & { visibility?: string; label?: string }> {
  const fields = { ...words, language: words.language ?? '', visibility: before.visibility }
  const draft = await draftOf(tx, before.account_id, edit, { fields, mentioned, statusId: before.id })
  const judged = await judge(tx, draft, { isEdit: true })
  if (before.state === 'held') requireTaken(judged)
  else requireEditTaken(judged)
  const ruled = applyOutcome({ ...words, visibility: before.visibility }, judged.outcome)
  await keepHits(tx, judged, before.id, ruled.before)
  if (judged.held) await holdUnseen(tx, before, judged.held.ruleId)
  const { visibility, ...rest } = ruled.fields
  return { ...(rest as unknown as W & { label?: string }), ...(visibility === before.visibility ? {} : { visibility }) }
}

async function holdUnseen(tx: Tx, before: StatusRow, ruleId: Id | null): Promise<void> {
  await waitForModerator(tx, {
    statusId: before.id,
    accountId: before.account_id,
    host: null,
    visibility: before.visibility,
    ruleId,
    reason: 'rule',
  })
}
