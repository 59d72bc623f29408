import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** A hashtag by the name it is found by, and as somebody wrote it. */
export type WrittenTag = { name: string; written: string }

/** A post with hashtags; `usedAt` where it is new, and so a use of them. */
export type TaggedPost = { authorId: Id; visibility: string; usedAt?: Date }

/**
 * Takes hashtags in that an open post holds: that they are there, and how they are written, may be known to all, so
 * closed posts leave no trace here. Public ones count as a use. Always in the order of their names, after statuses and
 * before accounts are locked, so that two posts never wait in a circle.
 */
export async function noteTags(tx: Tx, tags: readonly WrittenTag[], post: TaggedPost): Promise<void> {
  const isOpen = post.visibility === 'public' || post.visibility === 'unlisted'
  if (!isOpen || tags.length === 0) return
  await insertTags(tx, tags)
  if (post.visibility !== 'public' || !post.usedAt) return
  const day = post.usedAt.toISOString().slice(0, 10)
  const names = tags.map((tag) => tag.name).toSorted()
  // Whoever is limited counts for nothing.
  await sql`
    insert into tag_days (name, day, account_id, uses)
    select used.name, ${day}::date, a.id, 1
    from unnest(${names}::text[]) as used (name) join accounts a on a.id = ${post.authorId}
    where a.limited_at is null
    on conflict (name, day, account_id) do update set uses = tag_days.uses + 1`.execute(tx.db)
}

export async function insertTags(tx: Tx, tags: readonly WrittenTag[]): Promise<void> {
  const sorted = tags.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  await tx.db
    .insertInto('tags')
    .values(
      sorted.map(({ name, written }) => ({ name, display_name: written, created_at: tx.clock.now().toISOString() })),
    )
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}
