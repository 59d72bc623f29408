import { listMediaOf, replaceMedia, type MediaWords } from '#features/media'
import { askAgain, findPoll, type NewPoll } from '#features/polls'
import { noteTags } from '#features/tags'
import { makeId, type Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { judgeEdit } from '../gate/judge-edit.ts'
import { changeHeld } from '../held/change-held.ts'
import { willQuote } from '../held/store.ts'
import { fitPolicy, type QuotePolicy } from '../quote/set-policy.ts'
import { findQuoteOf } from '../quote/store.ts'
import { findStatus, type StatusRow } from '../store.ts'
import { findMentioned, findTags, insertParts, readText, renderText, requireUsableTags } from './compose.ts'

export const statusEdited = defineEvent<{ statusId: Id; authorId: Id; isLocal: boolean; newlyMentioned: Id[] }>(
  'statuses.edited',
)

export type StatusEdit = {
  text: string
  spoilerText?: string | undefined
  sensitive?: boolean | undefined
  language?: string | undefined
  quotePolicy?: QuotePolicy | undefined
  mediaIds?: readonly string[] | undefined
  mediaWords?: readonly MediaWords[] | undefined
  poll?: NewPoll | undefined
}

/**
 * Replaces what an author's own post says: what is left out is taken as empty, except language and who may quote
 * (mastodon-api 1.6, PUT). Each version is kept; an edit that changes nothing is none.
 */
export async function editStatus(tx: Tx, authorId: Id, statusId: Id, edit: StatusEdit): Promise<void> {
  await tx.db.selectFrom('statuses').select('id').where('id', '=', statusId).forUpdate().execute()
  const before = await findStatus(tx, statusId)
  if (!before || before.account_id !== authorId || before.reblog_of_id) throw notFound()
  const mediaIds = edit.mediaIds ?? []
  const earlier = await findKept(tx, statusId)
  const hasMore = mediaIds.length > 0 || earlier.quoteId !== null || (await willQuote(tx, statusId))
  const { text, spoiler } = readText(edit.text, edit.spoilerText ?? '', hasMore)
  await requireUsableTags(tx, text, before.text)
  const hasNewMedia = await replaceMedia(tx, authorId, statusId, { ids: mediaIds, words: edit.mediaWords ?? [] })
  const hasNewPoll = await askAgain(tx, authorId, statusId, edit.poll)
  const mentioned = await findMentioned(tx, text)
  const words = {
    text,
    content: renderText(tx, text, mentioned),
    spoiler_text: spoiler,
    sensitive: (edit.sensitive ?? false) || spoiler !== '',
    language: (edit.language && readLanguage(edit.language)) || before.language,
    quote_policy: edit.quotePolicy ? fitPolicy(before.visibility, edit.quotePolicy) : before.quote_policy,
  }
  const after = await judgeEdit(tx, before, words, { mentioned: [...mentioned.values()], edit })
  if (before.state === 'held') return changeHeld(tx, statusId, after, [...mentioned.values()])
  if (
    !hasNewMedia &&
    !hasNewPoll &&
    isSame(before, { ...words, spoiler_text: after.spoiler_text, sensitive: after.sensitive })
  )
    return
  await keepVersions(tx, before, after, earlier)
  const newlyMentioned = await replaceParts(tx, before, [...mentioned.values()], findTags(text))
  await emit(tx, statusEdited, { statusId, authorId, isLocal: true, newlyMentioned })
}

type Version = Pick<StatusRow, 'text' | 'content' | 'spoiler_text' | 'sensitive'>

function isSame(before: StatusRow, after: Version & Pick<StatusRow, 'language' | 'quote_policy'>): boolean {
  return (Object.keys(after) as (keyof typeof after)[]).every((key) => before[key] === after[key])
}

/** What a version has beside its words, as it is kept with it. */
export type Kept = { mediaIds: Id[]; quoteId: Id | null; pollOptions: string[] | null }

export async function findKept(tx: Tx, statusId: Id): Promise<Kept> {
  const media = (await listMediaOf(tx, [statusId])).get(statusId) ?? []
  return {
    mediaIds: media.map((row) => row.id),
    quoteId: (await findQuoteOf(tx, statusId))?.id ?? null,
    pollOptions: (await findPoll(tx, statusId))?.options ?? null,
  }
}

/** The first edit keeps also what there was before it. */
export async function keepVersions(
  tx: Tx,
  before: StatusRow,
  after: Version & { language: string | null; quote_policy?: string; quote_policy_manual?: string },
  earlier: Kept,
): Promise<void> {
  const now = tx.clock.now()
  const insert = (version: Version, kept: Kept, at: string, id: Id) =>
    tx.db
      .insertInto('status_edits')
      .values({
        id,
        status_id: before.id,
        text: version.text,
        content: version.content,
        spoiler_text: version.spoiler_text,
        sensitive: version.sensitive,
        media_ids: kept.mediaIds,
        quote_id: kept.quoteId,
        poll_options: kept.pollOptions,
        created_at: at,
      })
      .execute()
  const isFirst = before.edited_at === null
  if (isFirst) await insert(before, earlier, before.created_at, makeId(Date.parse(before.created_at)))
  await insert(after, await findKept(tx, before.id), now.toISOString(), makeId(now.getTime()))
  await tx.db
    .updateTable('statuses')
    .set((eb) => ({ ...after, edited_at: now.toISOString(), version: eb('version', '+', 1) }))
    .where('id', '=', before.id)
    .execute()
}

/** People who could read a closed post keep it, also when their name is gone from the text. */
async function replaceParts(
  tx: Tx,
  before: StatusRow,
  mentioned: Parameters<typeof insertParts>[2],
  tags: Parameters<typeof insertParts>[3],
): Promise<Id[]> {
  const known = await tx.db.selectFrom('mentions').select('account_id').where('status_id', '=', before.id).execute()
  const knownIds = new Set(known.map((row) => row.account_id))
  const fresh = mentioned.filter((person) => !knownIds.has(person.id))
  const isOpen = before.visibility === 'public' || before.visibility === 'unlisted'
  if (isOpen) {
    const gone = [...knownIds].filter((id) => !mentioned.some((person) => person.id === id))
    for (const id of gone)
      await tx.db.deleteFrom('mentions').where('status_id', '=', before.id).where('account_id', '=', id).execute()
  }
  await tx.db.deleteFrom('status_tags').where('status_id', '=', before.id).execute()
  await insertParts(tx, before.id, fresh, tags)
  await noteTags(tx, tags, { authorId: before.account_id, visibility: before.visibility })
  return fresh.map((person) => person.id)
}
