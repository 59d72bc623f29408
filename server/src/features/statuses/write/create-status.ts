import { countStatus } from '#features/accounts'
import { attachMedia } from '#features/media'
import { findUserOfAccount } from '#features/users'
import { requireVisibleStatus, type Visibility } from '#features/visibility'
import { makeId, type Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findLinks } from '../find-links.ts'
import { findStatus } from '../store.ts'
import { findMentioned, findTagNames, insertParts, readText, renderText } from './compose.ts'

export const statusCreated = defineEvent<{
  statusId: Id
  authorId: Id
  isLocal: boolean
  mentionsLocals: boolean
  hasLink: boolean
}>('statuses.created')

export type NewStatus = {
  text: string
  spoilerText?: string
  visibility?: Visibility
  sensitive?: boolean
  language?: string
  inReplyToId?: Id
  quotePolicy?: 'public' | 'followers' | 'nobody'
  applicationId?: Id
  /** Uploads of the author that no post holds, in their order. */
  mediaIds?: readonly string[]
}

/**
 * Writes a post of a local account and counts it, in the caller's transaction.
 * Refuses overlong text, empty text without pictures, and replies to what the author cannot see.
 */
export async function createStatus(tx: Tx, authorId: Id, input: NewStatus): Promise<Id> {
  const { text, spoiler } = readText(input.text, input.spoilerText ?? '', (input.mediaIds ?? []).length > 0)
  const parent = input.inReplyToId === undefined ? undefined : await requireParent(tx, authorId, input.inReplyToId)
  const defaults = await findUserOfAccount(tx, authorId)
  const visibility = input.visibility ?? (defaults?.default_privacy as Visibility | undefined) ?? 'public'
  const mentioned = await findMentioned(tx, text)
  const isClosed = visibility === 'private' || visibility === 'direct'
  const content = renderText(tx, text, mentioned)
  const id = await insertStatus(tx, authorId, {
    text,
    content,
    spoiler_text: spoiler,
    visibility,
    sensitive: (input.sensitive ?? defaults?.default_sensitive ?? false) || spoiler !== '',
    language: (input.language && readLanguage(input.language)) ?? defaults?.default_language ?? 'en',
    quote_policy: isClosed ? 'nobody' : (input.quotePolicy ?? defaults?.default_quote_policy ?? 'public'),
    in_reply_to_id: parent?.id ?? null,
    in_reply_to_account_id: parent?.account_id ?? null,
    application_id: input.applicationId ?? null,
  })
  await attachMedia(tx, authorId, id, input.mediaIds ?? [])
  await insertParts(tx, id, [...mentioned.values()], findTagNames(text))
  if (parent)
    await tx.db
      .updateTable('statuses')
      .set((eb) => ({ replies_count: eb('replies_count', '+', 1) }))
      .where('id', '=', parent.id)
      .execute()
  // Statuses are locked before accounts, here and in every other act: two acts never wait in a circle.
  await countStatus(tx, authorId, tx.clock.now())
  await emit(tx, statusCreated, {
    statusId: id,
    authorId,
    isLocal: true,
    mentionsLocals: [...mentioned.values()].some((person) => person.isLocal),
    hasLink: findLinks(tx, content).length > 0,
  })
  return id
}

async function requireParent(tx: Tx, authorId: Id, id: Id) {
  const visible = await requireVisibleStatus(tx, authorId, id).catch(() => undefined)
  const parent = visible && (await findStatus(tx, visible))
  if (!parent) throw notFound('The post you are trying to reply to does not exist or is not visible to you')
  return parent
}

type Fields = {
  text: string
  content: string
  spoiler_text: string
  visibility: Visibility
  sensitive: boolean
  language: string
  quote_policy: string
  in_reply_to_id: Id | null
  in_reply_to_account_id: Id | null
  application_id: Id | null
}

const TRIES = 5

/** Ids hold 16 random bits a millisecond, so a clash is rare and simply tried again. */
async function insertStatus(tx: Tx, authorId: Id, fields: Fields): Promise<Id> {
  const account = await tx.db
    .selectFrom('accounts')
    .select(['username', 'uri'])
    .where('id', '=', authorId)
    .executeTakeFirst()
  if (!account) throw notFound()
  const now = tx.clock.now()
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const id = makeId(now.getTime())
    const addresses = { uri: `${account.uri}/statuses/${id}`, url: `${tx.config.url}/@${account.username}/${id}` }
    const row = { id, account_id: authorId, ...addresses, created_at: now.toISOString(), is_local: true, ...fields }
    const inserted = await tx.db
      .insertInto('statuses')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted) return inserted.id
  }
  throw new Error('No free id was found for a status')
}
