import { sql } from 'kysely'
import { findAccountsById } from '#features/accounts'
import { makeId, type Id } from '#lib/id'
import type { Tx } from '#platform/context'
import { emit } from '#platform/events'
import { relationshipsSevered } from '../severances/sever.ts'

export type LostTie = {
  account_id: Id
  target_account_id: Id
  uri: string
  show_reblogs: boolean
  notify: boolean
  languages: string[] | null
}

/**
 * Keeps what everybody here lost by the suspension of an account, and has them told: a severance of the kind
 * `account_suspension` (mastodon-api, RelationshipSeveranceEvent). Nothing where nobody lost anything.
 */
export async function tellLost(tx: Tx, accountId: Id, ties: readonly LostTie[]): Promise<void> {
  const target = (await findAccountsById(tx, [accountId])).get(accountId)
  if (!target || ties.length === 0) return
  const now = tx.clock.now()
  const [id, at] = [makeId(now.getTime()), now.toISOString()]
  const target_name = target.is_local ? target.username : `${target.username}@${target.host}`
  await tx.db
    .insertInto('severances')
    .values({
      id,
      type: 'account_suspension',
      target_name,
      target_account_id: accountId,
      created_at: at,
      settled_at: at,
    })
    .execute()
  const local = (tie: LostTie) => (tie.account_id === accountId ? tie.target_account_id : tie.account_id)
  await tx.db
    .insertInto('severance_follows')
    .values(ties.map((tie) => ({ ...tie, severance_id: id, local_account_id: local(tie) })))
    .execute()
  await sql`
    insert into severance_people (severance_id, account_id, following_count, followers_count, created_at)
    select ${id}, local_account_id, count(*) filter (where account_id = local_account_id),
      count(*) filter (where target_account_id = local_account_id), ${at}
    from severance_follows where severance_id = ${id} group by local_account_id order by local_account_id`.execute(
    tx.db,
  )
  await emit(tx, relationshipsSevered, { severanceId: id })
}

/** What was lost by a suspension that was taken back: these came back, or were asked for anew. */
export async function noteReturned(tx: Tx, accountId: Id, back: readonly [follower: Id, target: Id][]): Promise<void> {
  const at = tx.clock.now().toISOString()
  await sql`
    update severance_follows f set restored_at = ${at} from severances s,
      unnest(${back.map(([follower]) => follower)}::bigint[], ${back.map(([, target]) => target)}::bigint[]) as b (follower, target)
    where s.id = f.severance_id and s.target_account_id = ${accountId} and s.undone_at is null
      and f.account_id = b.follower and f.target_account_id = b.target`.execute(tx.db)
  await sql`update severances set undone_at = ${at} where target_account_id = ${accountId} and undone_at is null`.execute(
    tx.db,
  )
}
