import { createHash } from 'node:crypto'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'

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
