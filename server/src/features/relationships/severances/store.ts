import { sql } from 'kysely'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'
import { pageBounds, type PageRequest } from '#platform/db'

export type SeveranceType = 'domain_block' | 'user_domain_block' | 'account_suspension'

/** What somebody lost at once, under the id that apps name it by. */
export type OwnSeverance = {
  id: Id
  severance_id: Id
  account_id: Id
  type: SeveranceType
  target_name: string
  purged: boolean
  following_count: number
  followers_count: number
  created_at: string
  undone_at: string | null
  /** How many of the follows came back, or were asked for anew. */
  restored: number
}

const columns = sql`p.id, p.severance_id, p.account_id, s.type, s.target_name, s.purged, p.following_count, p.followers_count,
  p.created_at, s.undone_at, (select count(*)::int from severance_follows f where f.severance_id = s.id
    and f.local_account_id = p.account_id and f.restored_at is not null) as restored`

/** A page of what somebody lost, the latest first. One query. */
export async function listOwnSeverances(ctx: Context, accountId: Id, page: PageRequest): Promise<OwnSeverance[]> {
  const found = await sql<OwnSeverance>`
    select ${columns} from severance_people p join severances s on s.id = p.severance_id
    where p.account_id = ${accountId} and ${pageBounds(sql`p.id`, page)} order by p.id desc limit ${page.limit}`.execute(
    ctx.db,
  )
  return found.rows
}

/** One of somebody's own: what others lost is theirs. */
export async function findOwnSeverance(ctx: Context, accountId: Id, id: Id): Promise<OwnSeverance | undefined> {
  const found = await sql<OwnSeverance>`
    select ${columns} from severance_people p join severances s on s.id = p.severance_id
    where p.account_id = ${accountId} and p.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** What notifications tell of, by severance and receiver. One query. */
export async function findSeverances(
  ctx: Context,
  accountId: Id,
  severanceIds: readonly Id[],
): Promise<ReadonlyMap<Id, OwnSeverance>> {
  if (severanceIds.length === 0) return new Map()
  const found = await sql<OwnSeverance>`
    select ${columns} from severance_people p join severances s on s.id = p.severance_id
    where p.account_id = ${accountId} and p.severance_id = any(${[...severanceIds]}::bigint[])`.execute(ctx.db)
  return new Map(found.rows.map((row) => [row.severance_id, row]))
}

export type LostFollow = { acct: string; show_reblogs: boolean; notify: boolean; languages: string[] | null }

/** Whom somebody lost, one way: those they followed, or those who followed them. One query. */
export async function listLost(
  ctx: Context,
  { severance_id, account_id }: OwnSeverance,
  way: 'following' | 'followers',
): Promise<LostFollow[]> {
  const [own, other] =
    way === 'following' ? [sql`f.account_id`, sql`f.target_account_id`] : [sql`f.target_account_id`, sql`f.account_id`]
  const found = await sql<LostFollow>`
    select a.username || '@' || d.host as acct, f.show_reblogs, f.notify, f.languages
    from severance_follows f join accounts a on a.id = ${other} join domains d on d.id = a.domain_id
    where f.severance_id = ${severance_id} and f.local_account_id = ${account_id} and ${own} = ${account_id}
    order by f.id`.execute(ctx.db)
  return found.rows
}
