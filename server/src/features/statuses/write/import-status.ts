import { countStatus } from '#features/accounts'
import { attachMedia } from '#features/media'
import type { Visibility } from '#features/visibility'
import { makeId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { findTags, insertParts } from './compose.ts'

export type ImportedPost = {
  /** Where it was first. */
  originalUrl: string
  published: Date
  /** Clean already. */
  content: string
  text: string
  spoilerText: string
  visibility: Exclude<Visibility, 'direct'>
  sensitive: boolean
  language: string | null
  mediaIds: readonly Id[]
}

const TRIES = 20

/**
 * Puts an old post of its author's own in its place in time. It tells nobody: it is sent to no server, notifies no one, and
 * counts for no trend. Its hashtags lead to it.
 */
export async function importStatus(tx: Tx, authorId: Id, post: ImportedPost): Promise<Id> {
  const id = await insertImported(tx, authorId, post)
  await attachMedia(tx, authorId, id, post.mediaIds)
  await insertParts(tx, id, [], findTags(post.text))
  await countStatus(tx, authorId, post.published)
  return id
}

async function insertImported(tx: Tx, authorId: Id, post: ImportedPost): Promise<Id> {
  const author = await tx.db
    .selectFrom('accounts')
    .select(['username', 'uri'])
    .where('id', '=', authorId)
    .executeTakeFirst()
  if (!author) throw notFound()
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const id = makeId(post.published.getTime())
    const row = {
      id,
      account_id: authorId,
      uri: `${author.uri}/statuses/${id}`,
      url: `${tx.config.url}/@${author.username}/${id}`,
      conversation_id: id,
      conversation_uri: `${tx.config.url}/ap/contexts/${id}`,
      text: post.text,
      content: post.content,
      spoiler_text: post.spoilerText,
      visibility: post.visibility,
      sensitive: post.sensitive || post.spoilerText !== '',
      language: post.language,
      quote_policy: 'nobody',
      created_at: post.published.toISOString(),
      is_local: true,
      imported_from: post.originalUrl,
    }
    const made = await tx.db
      .insertInto('statuses')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      // oxlint-disable-next-line no-await-in-loop -- a clash of ids is rare and simply tried again
      .executeTakeFirst()
    if (made) return made.id
  }
  throw new Error('No free id was found for an old post')
}
