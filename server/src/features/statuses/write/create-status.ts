import { countCharacters, findEntities, normaliseTagName } from '@hamlet/contract/text'
import { countStatus, findAccountByAcct } from '#features/accounts'
import { attachMedia } from '#features/media'
import { findUserOfAccount } from '#features/users'
import { requireVisibleStatus, type Visibility } from '#features/visibility'
import { makeId, type Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { invalid, notFound } from '#lib/refusal'
import { textToHtml } from '#lib/text-to-html'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { findStatus } from '../store.ts'

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

/** instance configuration, statuses.max_characters */
export const MAX_CHARACTERS = 500

type Mentioned = { id: Id; acct: string; url: string; isLocal: boolean; username: string }

/**
 * Writes a post of a local account and counts it, in the caller's transaction.
 * Refuses overlong text, empty text without pictures, and replies to what the author cannot see.
 */
export async function createStatus(tx: Tx, authorId: Id, input: NewStatus): Promise<Id> {
  // Text under a warning alone becomes the text itself (mastodon-api 1.6).
  const written = input.text.trim() === '' ? (input.spoilerText ?? '') : input.text
  const spoiler = input.text.trim() === '' ? '' : (input.spoilerText ?? '').trim()
  checkText(written, spoiler, (input.mediaIds ?? []).length > 0)
  const parent = input.inReplyToId === undefined ? undefined : await requireParent(tx, authorId, input.inReplyToId)
  const defaults = await findUserOfAccount(tx, authorId)
  const visibility = input.visibility ?? (defaults?.default_privacy as Visibility | undefined) ?? 'public'
  const text = written.trim()
  const mentioned = await findMentioned(tx, text)
  const names = [
    ...new Set(
      findEntities(text).flatMap((entity) => (entity.kind === 'hashtag' ? [normaliseTagName(entity.name)] : [])),
    ),
  ]
  const isClosed = visibility === 'private' || visibility === 'direct'
  const id = await insertStatus(tx, authorId, {
    text,
    content: renderText(tx, text, mentioned),
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
  await insertParts(tx, id, [...mentioned.values()], names)
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
    hasLink: findEntities(text).some((entity) => entity.kind === 'url'),
  })
  return id
}

function checkText(text: string, spoiler: string, hasMedia: boolean): void {
  if (text.trim() === '' && !hasMedia) throw invalid("Validation failed: Text can't be blank")
  if (countCharacters(text) + countCharacters(spoiler) > MAX_CHARACTERS) {
    throw invalid(`Validation failed: Text character limit of ${MAX_CHARACTERS} exceeded`)
  }
}

async function requireParent(tx: Tx, authorId: Id, id: Id) {
  const visible = await requireVisibleStatus(tx, authorId, id).catch(() => undefined)
  const parent = visible && (await findStatus(tx, visible))
  if (!parent) throw notFound('The post you are trying to reply to does not exist or is not visible to you')
  return parent
}

/** The people named in a text that we know, by the handle as written in lower case. */
async function findMentioned(ctx: Context, text: string): Promise<Map<string, Mentioned>> {
  const found = new Map<string, Mentioned>()
  for (const entity of findEntities(text)) {
    if (entity.kind !== 'mention') continue
    const handle = handleOf(entity)
    if (found.has(handle)) continue
    const row = await findAccountByAcct(ctx, handle)
    if (row && !row.suspended_at) {
      const acct = row.is_local ? row.username : `${row.username}@${row.host}`
      found.set(handle, { id: row.id, acct, url: row.url, isLocal: row.is_local, username: row.username })
    }
  }
  return found
}

function handleOf(mention: { username: string; domain?: string | undefined }): string {
  return (mention.domain ? `${mention.username}@${mention.domain}` : mention.username).toLowerCase()
}

function renderText(ctx: Context, text: string, mentioned: Map<string, Mentioned>): string {
  return textToHtml(text, {
    mention: (mention) => {
      const person = mentioned.get(handleOf(mention))
      return person && { href: person.url, acct: person.username }
    },
    tagUrl: (name) => `${ctx.config.url}/tags/${encodeURIComponent(normaliseTagName(name))}`,
  })
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

async function insertParts(tx: Tx, statusId: Id, mentioned: Mentioned[], tags: string[]): Promise<void> {
  const people = [...new Set(mentioned.map((person) => person.id))]
  if (people.length > 0)
    await tx.db
      .insertInto('mentions')
      .values(people.map((account_id) => ({ status_id: statusId, account_id })))
      .execute()
  if (tags.length > 0)
    await tx.db
      .insertInto('status_tags')
      .values(tags.map((name) => ({ status_id: statusId, name })))
      .execute()
}
