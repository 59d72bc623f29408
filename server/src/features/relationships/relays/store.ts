import { sql } from 'kysely'
import { hostOf } from '#lib/host'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

export type RelayState = 'idle' | 'pending' | 'accepted' | 'rejected'
export type RelayRow = {
  id: Id
  url: string
  kind: 'mastodon' | 'litepub'
  inbox_url: string | null
  follow_uri: string | null
  state: RelayState
  problem: string | null
  created_at: string
  last_heard_at: string | null
}

const columns = sql`id, url, kind, inbox_url, follow_uri, state, problem, created_at, last_heard_at`

export async function listRelays(ctx: Context): Promise<RelayRow[]> {
  return (await sql<RelayRow>`select ${columns} from relays order by id limit 200`.execute(ctx.db)).rows
}

export async function findRelay(ctx: Context, id: Id): Promise<RelayRow | undefined> {
  return (await sql<RelayRow>`select ${columns} from relays where id = ${id}`.execute(ctx.db)).rows[0]
}

/** Where public posts go besides: to relays that let us in. One query. */
export async function listRelayInboxes(ctx: Context): Promise<string[]> {
  const found = await sql<{ inbox_url: string }>`
    select inbox_url from relays where state = 'accepted' and inbox_url is not null`.execute(ctx.db)
  return found.rows.map((row) => row.inbox_url)
}

/** The relay that an actor speaks for: its own actor, or one at the host of its inbox (federation.md e.8). */
export async function findRelayOf(ctx: Context, actorUri: string, states: readonly RelayState[]) {
  const host = hostOf(actorUri)
  if (!host) return undefined
  const found = await sql<RelayRow>`
    select ${columns} from relays where state = any(${[...states]}::text[])
      and (url = ${actorUri} or split_part(coalesce(inbox_url, url), '/', 3) = ${host}) order by id limit 1`.execute(
    ctx.db,
  )
  return found.rows[0]
}

/** Whether posts may come by way of this actor. */
export async function isRelay(ctx: Context, actorUri: string): Promise<boolean> {
  return (await findRelayOf(ctx, actorUri, ['accepted'])) !== undefined
}

export async function noteHeard(tx: Tx, id: Id): Promise<void> {
  await tx.db.updateTable('relays').set({ last_heard_at: tx.clock.now().toISOString() }).where('id', '=', id).execute()
}
