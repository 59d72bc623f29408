import { makeId } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { findLocalDomain, type LocalDomain } from './store.ts'

export type { LocalDomain } from './store.ts'

/**
 * Writes the server's own domain at first start and holds the configuration to it afterwards:
 * other servers know our people by it, so it must not change behind their backs.
 */
export async function ensureLocalDomain(ctx: Context): Promise<LocalDomain> {
  const host = ctx.config.domain
  await ctx.db
    .insertInto('domains')
    .values({
      id: makeId(ctx.clock.now().getTime()),
      host,
      is_local: true,
      first_seen_at: ctx.clock.now().toISOString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const stored = await requireLocalDomain(ctx)
  if (stored.host === host) return stored
  const way = stored.federated_at
    ? `Other servers know it by that name, so it cannot change. Set HAMLET_DOMAIN=${stored.host}.`
    : `Run 'hamlet domain set ${host}' to rename it, or set HAMLET_DOMAIN=${stored.host}.`
  throw new Refusal('conflict', `This database belongs to ${stored.host}, but the configuration says ${host}. ${way}`)
}

/** The server's own domain as the database knows it. */
export async function requireLocalDomain(ctx: Context): Promise<LocalDomain> {
  const stored = await findLocalDomain(ctx)
  if (!stored) throw new Refusal('unavailable', "This database has no domain yet. Run 'hamlet migrate' first.")
  return stored
}
