import { sql } from 'kysely'
import { findAccountsById, requireAccount, type AccountRow } from '#features/accounts'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { findNoteParts, NOTE_CONTEXT, renderAnnounce, renderCreate, renderNote } from './note.ts'
import { findStatusesById, type StatusRow } from './store.ts'

/** So many posts are in memory at once. */
const CHUNK = 20

/**
 * Everything that an account here wrote and boosted, for whomever, as one collection (ActivityStreams 2.0,
 * OrderedCollection; the form of Mastodon's archive), the oldest first. Given piece by piece, so that the length of a
 * life here is no matter; a post that goes meanwhile is left out.
 */
export async function* writeOutbox(ctx: Context, accountId: Id): AsyncGenerator<string> {
  const author = await requireAccount(ctx, accountId)
  const head = { '@context': NOTE_CONTEXT, id: 'outbox.json', type: 'OrderedCollection' }
  yield `${JSON.stringify(head).slice(0, -1)},"orderedItems":[`
  let [count, after]: [number, Id | undefined] = [0, '0']
  while (after !== undefined) {
    // oxlint-disable-next-line no-await-in-loop -- each piece begins where the one before ended
    const rows = await listOwn(ctx, accountId, after)
    // oxlint-disable-next-line no-await-in-loop -- as above
    for (const item of await renderAll(ctx, author, rows)) {
      yield `${count === 0 ? '' : ','}${JSON.stringify(item)}`
      count += 1
    }
    after = rows.length === CHUNK ? rows.at(-1)?.id : undefined
  }
  yield `],"totalItems":${count}}`
}

async function listOwn(ctx: Context, accountId: Id, after: Id): Promise<StatusRow[]> {
  const found = await sql<{ id: Id }>`
    select id from statuses where account_id = ${accountId} and id > ${after} and state = 'live'
    order by id limit ${CHUNK}`.execute(ctx.db)
  const rows = new Map(
    (
      await findStatusesById(
        ctx,
        found.rows.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  )
  return found.rows.map(({ id }) => rows.get(id)).filter((row) => row !== undefined)
}

async function renderAll(ctx: Context, author: AccountRow, rows: readonly StatusRow[]) {
  const boostedIds = rows.flatMap(({ reblog_of_id: id }) => (id === null ? [] : [id]))
  const boosted = new Map((await findStatusesById(ctx, boostedIds)).map((row) => [row.id, row]))
  const people = await findAccountsById(
    ctx,
    [...boosted.values()].map((row) => row.account_id),
  )
  const items = await Promise.all(
    rows.map(async (row) => {
      const original = row.reblog_of_id === null ? undefined : boosted.get(row.reblog_of_id)
      const by = original && people.get(original.account_id)
      if (original && by) return renderAnnounce(row, author, { uri: original.uri, authorUri: by.uri })
      return row.reblog_of_id === null ? renderOwn(ctx, row.id) : undefined
    }),
  )
  return items.filter((item) => item !== undefined)
}

async function renderOwn(ctx: Context, statusId: Id): Promise<Record<string, unknown> | undefined> {
  const parts = await findNoteParts(ctx, statusId)
  if (!parts) return undefined
  const note = await renderNote(ctx, parts)
  return renderCreate(note, parts)
}
