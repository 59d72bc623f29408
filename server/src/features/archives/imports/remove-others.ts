import { findAccountByAcct } from '#features/accounts'
import { deleteFilter, listFilters } from '#features/filters'
import { removeBookmark } from '#features/interactions'
import { deleteList, listOwned, removeFromList } from '#features/lists'
import { unblockAccount, unblockDomain, unfollowAccount, unmuteAccount } from '#features/relationships'
import { findStatusByUri } from '#features/statuses'
import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { listOwnKeys } from './has.ts'
import { keyOfRow, type ImportKind, type ImportRow } from './kinds.ts'

type Of = { id: Id; account_id: Id; kind: ImportKind }

/**
 * Takes away what somebody has and the file has not, one at a time: an interruption leaves the rest for the next go, and
 * what is finished is not done again, since by then they may have come by more.
 */
export async function removeOthers(ctx: Context, one: Of): Promise<void> {
  const wanted = await readWanted(ctx, one.id)
  const gone: string[] = []
  for await (const key of listOwnKeys(ctx, one.account_id, one.kind)) if (!wanted.has(key)) gone.push(key)
  for (const key of gone)
    // oxlint-disable-next-line no-await-in-loop -- each in its own transaction, one after another
    await transact(ctx, async (tx) => {
      await remove(tx, one, key)
      await sql`update imports set removed = removed + 1 where id = ${one.id}`.execute(tx.db)
    })
  if (one.kind === 'lists') await removeLists(ctx, one.account_id, wanted)
  await ctx.db
    .updateTable('imports')
    .set({ removed_at: ctx.clock.now().toISOString() })
    .where('id', '=', one.id)
    .execute()
}

async function readWanted(ctx: Context, importId: Id): Promise<Set<string>> {
  const rows = await ctx.db.selectFrom('import_rows').select('data').where('import_id', '=', importId).execute()
  return new Set(rows.map(({ data }) => keyOfRow(data as ImportRow)))
}

async function remove(tx: Tx, { account_id: me, kind }: Of, key: string): Promise<void> {
  if (kind === 'domain_blocking') return unblockDomain(tx, me, key)
  if (kind === 'custom_filters') {
    for (const { id, title } of await listFilters(tx, me)) if (title === key) await deleteFilter(tx, me, id)
    return
  }
  if (kind === 'bookmarks') {
    const post = await findStatusByUri(tx, key)
    if (post) await removeBookmark(tx, me, post.id)
    return
  }
  const [list = '', member] = key.split('\n')
  const them = await findAccountByAcct(tx, member ?? list)
  if (!them) return
  if (kind === 'following') await unfollowAccount(tx, me, them.id)
  if (kind === 'blocking') await unblockAccount(tx, me, them.id)
  if (kind === 'muting') await unmuteAccount(tx, me, them.id)
  if (kind !== 'lists') return
  for (const { id, title } of await listOwned(tx, me)) if (title === list) await removeFromList(tx, me, id, [them.id])
}

async function removeLists(ctx: Context, me: Id, wanted: ReadonlySet<string>): Promise<void> {
  const named = new Set([...wanted].map((key) => key.split('\n')[0]))
  for (const { id, title } of await listOwned(ctx, me))
    // oxlint-disable-next-line no-await-in-loop -- fifty at most
    if (!named.has(title)) await transact(ctx, (tx) => deleteList(tx, me, id))
}
