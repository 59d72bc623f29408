import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { lockAccounts } from '#features/accounts'
import { makeId, type Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { unfollowAccount } from '../follow.ts'
import type { SeveranceType } from './store.ts'

/** The last tie was cut: whoever lost somebody can be told. */
export const relationshipsSevered = defineEvent<{ severanceId: Id }>('relationships.severed')

type Tie = {
  account_id: Id
  target_account_id: Id
  local_account_id: Id
  uri: string
  show_reblogs: boolean
  notify: boolean
  languages: string[] | null
}

export type Severance = {
  type: SeveranceType
  targetName: string
  /** The only person whose ties are cut; everybody's otherwise. */
  localId?: Id
  /** True in SQL for a follow (`f`) of somebody here (`l`) and somebody there (`r`) that is to end. */
  ties: RawBuilder<SqlBool>
  /** Whether the other server is told; where it is shut out, it would not hear it, and the ties can be taken up again. */
  isTold: boolean
}

const CHUNK = 100

/**
 * Cuts ties, keeps what they were, and says so when the last one is cut. In chunks of one transaction each: a process that
 * is killed in the middle loses nothing, and whoever goes on finds the severance that is still open.
 */
export async function severTies(ctx: Context, severance: Severance): Promise<void> {
  let cut: number
  do cut = await transact(ctx, (tx) => severChunk(tx, severance))
  while (cut > 0)
  await transact(ctx, (tx) => settle(tx, severance))
}

/** Ties between people of here and people of elsewhere that are to end. */
async function listTies(tx: Tx, { ties }: Severance): Promise<Tie[]> {
  const found = await sql<Tie>`
    select f.account_id, f.target_account_id, l.id as local_account_id, f.uri, f.show_reblogs, f.notify, f.languages
    from follows f join accounts fa on fa.id = f.account_id join domains fd on fd.id = fa.domain_id
      join accounts l on l.id = case when fd.is_local then f.account_id else f.target_account_id end
      join accounts r on r.id = case when fd.is_local then f.target_account_id else f.account_id end
      join domains rd on rd.id = r.domain_id
    where f.state = 'accepted' and not rd.is_local and ${ties} order by f.id limit ${CHUNK}`.execute(tx.db)
  return found.rows
}

async function severChunk(tx: Tx, severance: Severance): Promise<number> {
  const seen = await listTies(tx, severance)
  if (seen.length === 0) return 0
  // All at once and in one order, so that two acts upon the same people never wait for each other in a circle.
  await lockAccounts(
    tx,
    seen.flatMap((tie) => [tie.account_id, tie.target_account_id]),
  )
  const ties = await listTies(tx, severance)
  if (ties.length === 0) return seen.length
  const id = await openSeverance(tx, severance)
  await tx.db
    .insertInto('severance_follows')
    .values(ties.map((tie) => ({ ...tie, severance_id: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  for (const tie of ties) {
    const teller = tie.account_id === tie.local_account_id ? 'follower' : 'target'
    await unfollowAccount(tx, tie.account_id, tie.target_account_id, severance.isTold ? teller : 'nobody')
  }
  return ties.length
}

/** The one that is not settled yet, or a new one. */
async function openSeverance(tx: Tx, severance: Severance): Promise<Id> {
  const now = tx.clock.now()
  const { type, targetName, localId = null } = severance
  const values = { type, target_name: targetName, initiator_account_id: localId, created_at: now.toISOString() }
  await tx.db
    .insertInto('severances')
    .values({ id: makeId(now.getTime()), ...values })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const open = await findOpen(tx, severance)
  if (!open) throw new Error('A severance vanished')
  return open
}

async function findOpen(tx: Tx, { type, targetName, localId }: Severance): Promise<Id | undefined> {
  const found = await sql<{ id: Id }>`
    select id from severances where type = ${type} and target_name = ${targetName} and settled_at is null
      and initiator_account_id is not distinct from ${localId ?? null}::bigint for update`.execute(tx.db)
  return found.rows[0]?.id
}

/** Counts what each person lost; once, whoever comes to it first. */
async function settle(tx: Tx, severance: Severance): Promise<void> {
  const id = await findOpen(tx, severance)
  if (id === undefined) return
  const at = tx.clock.now().toISOString()
  await tx.db.updateTable('severances').set({ settled_at: at }).where('id', '=', id).execute()
  await sql`
    insert into severance_people (severance_id, account_id, following_count, followers_count, created_at)
    select ${id}, local_account_id, count(*) filter (where account_id = local_account_id),
      count(*) filter (where target_account_id = local_account_id), ${at}
    from severance_follows where severance_id = ${id} group by local_account_id order by local_account_id
    on conflict do nothing`.execute(tx.db)
  await emit(tx, relationshipsSevered, { severanceId: id })
}
