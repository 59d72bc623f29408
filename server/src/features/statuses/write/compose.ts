import { countCharacters, findEntities, normaliseTagName, type MentionEntity } from '@hamlet/contract/text'
import { findAccountByAcct } from '#features/accounts'
import { filterUsable, requireUsable, type WrittenTag } from '#features/tags'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import { textToHtml } from '#lib/text-to-html'
import type { Context, Tx } from '#platform/context'

/** instance configuration, statuses.max_characters */
export const MAX_CHARACTERS = 500

export type Mentioned = { id: Id; acct: string; url: string; isLocal: boolean; username: string }

/**
 * What is written, as it counts and is kept. Text under a warning alone becomes the text itself; there may be none where
 * there is more to show, pictures or a quote (mastodon-api 1.6).
 */
export function readText(text: string, warning: string, hasMore: boolean): { text: string; spoiler: string } {
  const isBare = text.trim() === ''
  const written = isBare ? warning : text
  const spoiler = isBare ? '' : warning.trim()
  checkText(written, spoiler, hasMore)
  return { text: written.trim(), spoiler }
}

function checkText(text: string, spoiler: string, hasMore: boolean): void {
  if (text.trim() === '' && !hasMore) throw invalid("Validation failed: Text can't be blank")
  if (countCharacters(text) + countCharacters(spoiler) > MAX_CHARACTERS) {
    throw invalid(`Validation failed: Text character limit of ${MAX_CHARACTERS} exceeded`)
  }
}

/** Hashtags of a text by the names they are found by, each once, as it is written first. */
export function findTags(text: string): WrittenTag[] {
  const byName = new Map<string, WrittenTag>()
  for (const entity of findEntities(text)) {
    const name = entity.kind === 'hashtag' ? normaliseTagName(entity.name) : ''
    if (entity.kind === 'hashtag' && !byName.has(name)) byName.set(name, { name, written: entity.name })
  }
  return [...byName.values()]
}

/** Refuses words with a hashtag that the team does not allow; one that stood there `before` may stay. */
export async function requireUsableTags(tx: Tx, text: string, before = ''): Promise<void> {
  const known = new Set(findTags(before).map((tag) => tag.name))
  await requireUsable(
    tx,
    findTags(text).filter((tag) => !known.has(tag.name)),
  )
}

/** The people named in a text that we know, by the handle as written in lower case. */
export async function findMentioned(ctx: Context, text: string): Promise<Map<string, Mentioned>> {
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

/**
 * Refuses a text that names somebody whom the writer did not expect, so that nobody is added to a private mention by a
 * slip (mastodon-api 1.6, allowed_mentions). `details` hold the ids of these people.
 */
export function requireExpected(mentioned: readonly Mentioned[], allowed: readonly string[] | undefined): void {
  if (allowed === undefined) return
  const unexpected = mentioned.filter((person) => !allowed.includes(person.id)).map((person) => person.id)
  if (unexpected.length > 0)
    throw invalid('Post would be sent to unexpected accounts', { unexpected_accounts: [...new Set(unexpected)] })
}

function handleOf(mention: Pick<MentionEntity, 'username' | 'domain'>): string {
  return (mention.domain ? `${mention.username}@${mention.domain}` : mention.username).toLowerCase()
}

export function renderText(ctx: Context, text: string, mentioned: Map<string, Mentioned>): string {
  return textToHtml(text, {
    mention: (mention) => {
      const person = mentioned.get(handleOf(mention))
      return person && { href: person.url, acct: person.username }
    },
    tagUrl: (name) => `${ctx.config.url}/tags/${encodeURIComponent(normaliseTagName(name))}`,
  })
}

export async function insertParts(tx: Tx, statusId: Id, mentioned: Mentioned[], tags: WrittenTag[]): Promise<void> {
  const people = [...new Set(mentioned.map((person) => person.id))]
  if (people.length > 0)
    await tx.db
      .insertInto('mentions')
      .values(people.map((account_id) => ({ status_id: statusId, account_id })))
      .execute()
  const names = await filterUsable(
    tx,
    tags.map((tag) => tag.name),
  )
  if (names.length > 0)
    await tx.db
      .insertInto('status_tags')
      .values(names.map((name) => ({ status_id: statusId, name })))
      .execute()
}
