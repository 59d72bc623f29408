import { sql } from 'kysely'
import { holdMedia } from '#features/media'
import type { Visibility } from '#features/visibility'
import { isId, makeId, type Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { invalid, notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import type { QuotePolicy } from '../quote/set-policy.ts'
import type { ReplyPolicy } from '../store.ts'
import { releaseUnheld } from './kept-media.ts'
import type { PollWish, StoredPart } from './store.ts'

/** Something about an account's drafts is to be read anew. */
export const draftsChanged = defineEvent<{ accountId: Id }>('statuses.drafts-changed')

const MOST_DRAFTS = 100
/** Letters of all parts together: what is cut into posts later may be long. */
const MOST_LETTERS = 100_000
const MOST_MEDIA = 80

export type DraftInput = {
  visibility?: Visibility | undefined
  quote_approval_policy?: QuotePolicy | undefined
  reply_policy?: ReplyPolicy | undefined
  language?: string | undefined
  in_reply_to_id?: string | undefined
  quoted_status_id?: string | undefined
  parts: readonly PartInput[]
}
type PartInput = {
  text?: string | undefined
  spoiler_text?: string | undefined
  sensitive?: boolean | undefined
  poll?: PollWish | undefined
  media_ids?: readonly string[] | undefined
}

/** Keeps what somebody is writing. Refuses more drafts than a person may have, and ones that are too long. */
export async function saveNewDraft(tx: Tx, accountId: Id, input: DraftInput): Promise<Id> {
  // Two at once cannot both be the last that fits.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`drafts:${accountId}`}, 0))`.execute(tx.db)
  const found = await sql`select 1 from drafts where account_id = ${accountId} limit ${MOST_DRAFTS}`.execute(tx.db)
  if (found.rows.length === MOST_DRAFTS) throw invalid(`Validation failed: At most ${MOST_DRAFTS} drafts can be kept`)
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  const at = now.toISOString()
  const row = await readDraft(tx, accountId, input)
  await tx.db
    .insertInto('drafts')
    .values({ id, account_id: accountId, ...row, created_at: at, updated_at: at })
    .execute()
  await emit(tx, draftsChanged, { accountId })
  return id
}

/** Replaces what a draft says. False when it is not the version any more that was changed: nothing is overwritten then. */
export async function changeDraft(
  tx: Tx,
  accountId: Id,
  { id, version }: { id: Id; version: number },
  input: DraftInput,
): Promise<boolean> {
  const before = await lockDraft(tx, accountId, id)
  if (before.version !== version) return false
  const row = await readDraft(tx, accountId, input)
  await tx.db
    .updateTable('drafts')
    .set({ ...row, version: version + 1, updated_at: tx.clock.now().toISOString() })
    .where('id', '=', id)
    .execute()
  await releaseUnheld(
    tx,
    accountId,
    before.media_ids.filter((one) => !row.media_ids.includes(one)),
  )
  await emit(tx, draftsChanged, { accountId })
  return true
}

export async function deleteDraft(tx: Tx, accountId: Id, id: Id): Promise<void> {
  const { media_ids } = await lockDraft(tx, accountId, id)
  await tx.db.deleteFrom('drafts').where('id', '=', id).execute()
  await releaseUnheld(tx, accountId, media_ids)
  await emit(tx, draftsChanged, { accountId })
}

async function lockDraft(tx: Tx, accountId: Id, id: Id) {
  const row = await tx.db
    .selectFrom('drafts')
    .select(['version', 'media_ids'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/**
 * A draft as it is stored, and its uploads kept for it. An upload that is gone meanwhile, or is on a post, is left out:
 * to refuse the words for its sake would lose them.
 */
async function readDraft(tx: Tx, accountId: Id, input: DraftInput) {
  const letters = input.parts.reduce(
    (sum, part) => sum + (part.text ?? '').length + (part.spoiler_text ?? '').length,
    0,
  )
  if (letters > MOST_LETTERS) throw invalid(`Validation failed: A draft can have ${MOST_LETTERS} characters at most`)
  const named = [...new Set(input.parts.flatMap((part) => part.media_ids ?? []))].slice(0, MOST_MEDIA)
  const media_ids = await holdMedia(tx, accountId, named)
  const parts: StoredPart[] = input.parts.map((part) => ({
    text: (part.text ?? '').toWellFormed(),
    spoiler_text: (part.spoiler_text ?? '').toWellFormed(),
    sensitive: part.sensitive ?? false,
    poll: part.poll ?? null,
    media_ids: (part.media_ids ?? []).filter((id) => media_ids.includes(id)),
  }))
  return {
    visibility: input.visibility ?? null,
    quote_policy: input.quote_approval_policy ?? null,
    reply_policy: input.reply_policy ?? null,
    language: readLanguage(input.language ?? '') ?? null,
    in_reply_to_id: isId(input.in_reply_to_id) ? input.in_reply_to_id : null,
    quoted_status_id: isId(input.quoted_status_id) ? input.quoted_status_id : null,
    parts: JSON.stringify(parts),
    media_ids,
  }
}
