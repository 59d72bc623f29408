import { createHash } from 'node:crypto'
import { dropFiles } from '#features/media'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'

/** Nothing of a suspended account of another server is wanted here but that it is suspended. */
export const accountEmptied = defineEvent<{ accountId: Id }>('accounts.emptied')

/** Somebody leaves for good: other servers are told, and then everything of theirs is erased. */
export const accountLeft = defineEvent<{ accountId: Id }>('accounts.left')

const hashName = (username: string) => createHash('sha256').update(`name:${username.toLowerCase()}`).digest()

/** Nobody can be taken for whoever left: the name is given to nobody again. */
export async function isRetired(ctx: Context, username: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('retired_names')
    .select('retired_at')
    .where('name_hash', '=', hashName(username))
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Begins the end of a local account: it is hidden, says nothing of itself any more, and its name is kept from others.
 * Twice is once.
 */
export async function retireAccount(tx: Tx, accountId: Id): Promise<void> {
  const now = tx.clock.now().toISOString()
  const blank = { display_name: '', note: '', fields: '[]', attribution_domains: [], also_known_as: [] }
  const row = await tx.db
    .updateTable('accounts')
    .set((eb) => ({
      ...blank,
      suspended_at: eb.fn.coalesce('suspended_at', eb.val(now)),
      withdrawn_at: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', accountId)
    .returning('username')
    .executeTakeFirst()
  if (!row) return
  await tx.db
    .insertInto('retired_names')
    .values({ name_hash: hashName(row.username), retired_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await emit(tx, accountLeft, { accountId })
}

/**
 * Begins to take away everything of an account of another server. An empty row stays, suspended: nothing that its server
 * sends later brings it back.
 */
export async function emptyAccount(tx: Tx, accountId: Id): Promise<void> {
  const row = await tx.db
    .selectFrom('accounts')
    .select(['avatar_key', 'header_key'])
    .where('id', '=', accountId)
    .where('suspended_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return
  const blank = { display_name: '', note: '', fields: '[]', attribution_domains: [], also_known_as: [] }
  const pictures = { avatar_key: null, header_key: null, avatar_remote_url: null, header_remote_url: null }
  await tx.db
    .updateTable('accounts')
    .set((eb) => ({ ...blank, ...pictures, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute()
  await dropFiles(tx, [row.avatar_key, row.header_key])
  await emit(tx, accountEmptied, { accountId })
}
