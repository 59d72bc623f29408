/**
 * Purpose: from an empty server to one with an owner, a name and rules: the wizard behind the one-time link.
 * Owns no table. Events: villageWanted.
 */
import { roleIds } from '#features/roles'
import { countHolders, makeLink } from '#features/users'
import { transact, type Context } from '#platform/context'
import { defineRoom, none } from '#platform/room'
import { pages } from './pages.ts'

export { villageWanted } from './events.ts'
export { renameServer } from './rename-server.ts'

/** The address that makes whoever opens it the owner, once; undefined when there is an owner. Earlier ones end. */
export async function makeSetUpLink(ctx: Context): Promise<string | undefined> {
  if ((await countHolders(ctx, roleIds.owner)) > 0) return undefined
  const secret = await transact(ctx, (tx) => makeLink(tx, 'set-up', null))
  return `${ctx.config.url}/set-up?key=${secret}`
}

export const setUp = defineRoom({
  name: 'set-up',
  pages,
  erase: none('owns no table'),
  takeout: none('owns no table'),
})
