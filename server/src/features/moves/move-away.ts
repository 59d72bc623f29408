import {
  findAccountsById,
  moveAccount,
  redirectAccount,
  requireAccount,
  resolveActor,
  resolveHandle,
  setAliases,
  type AccountRow,
} from '#features/accounts'
import { requireSelf } from '#features/users'
import { makeId, type Id } from '#lib/id'
import { invalid, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import type { UserViewer } from '#platform/http'
import { sql } from 'kysely'

const DAY_MS = 24 * 3_600_000
/** Our own people move once in thirty days (mastodon-features 8). */
const REST_DAYS = 30
const MOST_ALIASES = 20

/** The account that a handle names, asked at its own server; its word of some time ago is not enough. */
async function findFresh(ctx: Context, acct: string): Promise<AccountRow> {
  const found = await resolveHandle(ctx, acct)
  if (!found) throw wrong('acct', 'This account was not found. Check the spelling, and that its server is there.')
  return found.is_local ? found : resolveActor(ctx, found.uri, { isFresh: true })
}

const wrong = (field: string, description: string) =>
  invalid(`Validation failed: ${description}`, { details: { [field]: [{ error: 'ERR_INVALID', description }] } })

/** Says that one is this other account too, so that one can move here from there. Twice is once. */
export async function addAlias(ctx: Context, accountId: Id, acct: string): Promise<void> {
  const other = await findFresh(ctx, acct)
  if (other.id === accountId) throw wrong('acct', 'This is the account that you are using')
  await transact(ctx, async (tx) => {
    const { also_known_as: aliases } = await holdAccount(tx, accountId)
    if (aliases.includes(other.uri)) return
    if (aliases.length >= MOST_ALIASES) throw invalid(`Validation failed: More than ${MOST_ALIASES} are too many`)
    await setAliases(tx, accountId, [...aliases, other.uri])
  })
}

export async function removeAlias(tx: Tx, accountId: Id, uri: string): Promise<void> {
  const { also_known_as: aliases } = await holdAccount(tx, accountId)
  if (aliases.includes(uri))
    await setAliases(
      tx,
      accountId,
      aliases.filter((one) => one !== uri),
    )
}

async function holdAccount(tx: Tx, accountId: Id): Promise<AccountRow> {
  await sql`select id from accounts where id = ${accountId} for update`.execute(tx.db)
  return requireAccount(tx, accountId)
}

/**
 * Moves to another account: followers go along, and this one stays as a sign that points there. Refuses a wrong password,
 * an account that does not say it is this one too, one that itself points elsewhere, and a second move within a month.
 */
export async function moveAway(
  ctx: Context,
  mover: UserViewer,
  wish: { acct: string; password: string },
): Promise<void> {
  await requireSelf(ctx, mover, wish.password)
  const target = await requireTarget(ctx, mover.accountId, wish.acct)
  await transact(ctx, async (tx) => {
    const me = await holdAccount(tx, mover.accountId)
    const next = await findNextMove(tx, mover.accountId)
    if (next) throw new Refusal('conflict', 'You moved less than 30 days ago', { details: { next_move_at: next } })
    const now = tx.clock.now()
    await tx.db
      .insertInto('moves')
      .values({
        id: makeId(now.getTime()),
        account_id: me.id,
        target_account_id: target.id,
        followers_count: me.followers_count,
        created_at: now.toISOString(),
      })
      .execute()
    await moveAccount(tx, me.id, target.id, 0)
  })
}

/** Points to another account without taking followers along; of no use to nobody but whoever looks here. */
export async function redirectAway(
  ctx: Context,
  mover: UserViewer,
  wish: { acct: string; password: string },
): Promise<void> {
  await requireSelf(ctx, mover, wish.password)
  const target = await findFresh(ctx, wish.acct)
  requirePlace(mover.accountId, target)
  await transact(ctx, (tx) => redirectAccount(tx, mover.accountId, target.id))
}

/** This account is used again; followers who went along do not come back by that. */
export function comeBack(tx: Tx, accountId: Id): Promise<boolean> {
  return redirectAccount(tx, accountId, null)
}

async function requireTarget(ctx: Context, accountId: Id, acct: string): Promise<AccountRow> {
  const [me, target] = [await requireAccount(ctx, accountId), await findFresh(ctx, acct)]
  requirePlace(accountId, target)
  if (!target.also_known_as.includes(me.uri))
    throw wrong('acct', 'That account does not name this one as an alias yet. Add it there first.')
  return target
}

function requirePlace(accountId: Id, target: AccountRow): void {
  if (target.id === accountId) throw wrong('acct', 'This is the account that you are using')
  if (target.suspended_at) throw wrong('acct', 'That account cannot be used')
  if (target.moved_to_account_id) throw wrong('acct', 'That account has itself moved on')
}

/** When somebody may move again; undefined when they may now. */
async function findNextMove(ctx: Context, accountId: Id): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('moves')
    .select('created_at')
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const next = row && Date.parse(row.created_at) + REST_DAYS * DAY_MS
  return next !== undefined && next > ctx.clock.now().getTime() ? new Date(next).toISOString() : undefined
}

/** How somebody stands: where they went, who they also are, and when they may move again. */
export async function readMoves(ctx: Context, accountId: Id) {
  const me = await requireAccount(ctx, accountId)
  const found = await sql<{ uri: string; acct: string }>`
    select a.uri, case when d.is_local then a.username else a.username || '@' || d.host end as acct
    from accounts a join domains d on d.id = a.domain_id where a.uri = any(${me.also_known_as}::text[])`.execute(ctx.db)
  const names = new Map(found.rows.map(({ uri, acct }) => [uri, acct]))
  const id = me.moved_to_account_id
  const target = id === null ? undefined : (await findAccountsById(ctx, [id])).get(id)
  return {
    aliases: me.also_known_as.map((uri) => ({ uri, acct: names.get(uri) ?? uri })),
    moved_to: target ? (target.is_local ? target.username : `${target.username}@${target.host}`) : null,
    next_move_at: (await findNextMove(ctx, accountId)) ?? null,
    followers_count: me.followers_count,
  }
}
