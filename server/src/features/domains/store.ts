import type { Id } from '#lib/id'
import type { Host } from '#lib/host'
import type { Context } from '#platform/context'

export type LocalDomain = { id: Id; host: Host; federated_at: string | null }

export async function findLocalDomain(ctx: Context): Promise<LocalDomain | undefined> {
  const row = await ctx.db
    .selectFrom('domains')
    .select(['id', 'host', 'federated_at'])
    .where('is_local', '=', true)
    .executeTakeFirst()
  return row && { ...row, host: row.host as Host }
}

/** How many other servers we have met. */
export async function countPeers(ctx: Context): Promise<number> {
  const row = await ctx.db
    .selectFrom('domains')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('is_local', '=', false)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}
