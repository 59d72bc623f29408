import { sql } from 'kysely'
import { makeId, type Id } from '#lib/id'
import type { Host } from '#lib/host'
import type { Context, Tx } from '#platform/context'

export type LocalDomain = { id: Id; host: Host; federated_at: string | null }

export async function findLocalDomain(ctx: Context): Promise<LocalDomain | undefined> {
  const row = await ctx.db
    .selectFrom('domains')
    .select(['id', 'host', 'federated_at'])
    .where('is_local', '=', true)
    .executeTakeFirst()
  return row && { ...row, host: row.host as Host }
}

/** The row of another server, made when it is met for the first time. */
export async function ensureDomain(tx: Tx, host: Host): Promise<{ id: Id; isLocal: boolean }> {
  const find = () => tx.db.selectFrom('domains').select(['id', 'is_local']).where('host', '=', host).executeTakeFirst()
  const known = await find()
  if (known) return { id: known.id, isLocal: known.is_local }
  const now = tx.clock.now()
  await tx.db
    .insertInto('domains')
    .values({ id: makeId(now.getTime()), host, is_local: false, first_seen_at: now.toISOString() })
    .onConflict((conflict) => conflict.column('host').doNothing())
    .execute()
  // From now on somebody knows us by our name.
  await tx.db
    .updateTable('domains')
    .set({ federated_at: now.toISOString() })
    .where('is_local', '=', true)
    .where('federated_at', 'is', null)
    .execute()
  const made = await find()
  if (!made) throw new Error(`The row of ${host} vanished`)
  return { id: made.id, isLocal: made.is_local }
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

const MOST_PEERS = 50_000

/** Other servers that we have met, by name. One query. */
export async function listPeers(
  ctx: Context,
  { startsWith = '', limit = MOST_PEERS }: { startsWith?: string; limit?: number } = {},
): Promise<string[]> {
  const found = await sql<{ host: string }>`
    select host from domains where not is_local and starts_with(host, ${startsWith}) order by host limit ${limit}`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.host)
}
