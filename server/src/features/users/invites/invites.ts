import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { EVERYBODY, isAllowed } from '#features/roles'
import { compareIds, makeId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, type PageRequest } from '#platform/db'

export type InviteWish = {
  maxUses?: number | null | undefined
  /** In seconds; none is for ever. */
  expiresIn?: number | null | undefined
  autofollow?: boolean | undefined
  comment?: string | undefined
}
export type InviteRow = {
  id: Id
  code: string
  max_uses: number | null
  uses: number
  expires_at: string | null
  autofollow: boolean
  comment: string
  created_at: string
  account_id: Id
  username: string
}

/** mastodon-limits.md, invites. */
export const USES: readonly number[] = [1, 5, 10, 25, 50, 100]
export const LIFETIMES_S: readonly number[] = [1_800, 3_600, 21_600, 43_200, 86_400, 604_800]
const LONGEST_COMMENT = 420
const CODE_LENGTH = 8
/** Without what is read as something else on a napkin. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
/** More open invitations than anybody hands out. */
const MOST_OPEN = 100

const makeCode = () => Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** Makes an invitation of somebody's; the code is theirs to hand on. */
export async function createInvite(tx: Tx, userId: Id, wish: InviteWish): Promise<Id> {
  const read = readWish(wish)
  const now = tx.clock.now()
  // Of two at once the second counts the first.
  await tx.db.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute()
  const open = await selectInvites(tx).where('i.user_id', '=', userId).where(isOpen(now)).execute()
  const most = await findMostOpen(tx, userId)
  if (open.length >= most) throw invalid(`Your role allows ${most} open invitations. End some of them first.`)
  const id = makeId(now.getTime())
  await tx.db
    .insertInto('invites')
    .values({
      id,
      user_id: userId,
      code: makeCode(),
      max_uses: read.maxUses,
      expires_at: read.expiresIn === null ? null : new Date(now.getTime() + read.expiresIn * 1000).toISOString(),
      autofollow: read.autofollow,
      comment: read.comment,
      created_at: now.toISOString(),
    })
    .execute()
  return id
}

async function findMostOpen(tx: Tx, userId: Id): Promise<number> {
  const row = await tx.db
    .selectFrom('users')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .select('roles.open_invites')
    .where('users.id', '=', userId)
    .executeTakeFirst()
  return row?.open_invites ?? MOST_OPEN
}

function readWish({ maxUses = null, expiresIn = null, autofollow = false, comment = '' }: InviteWish) {
  const words = comment.replaceAll('\0', '').toWellFormed().trim()
  if (maxUses !== null && !USES.includes(maxUses))
    throw invalid(`Validation failed: Uses must be one of ${USES.join(', ')}`)
  if (expiresIn !== null && !LIFETIMES_S.includes(expiresIn))
    throw invalid(`Validation failed: Expires in must be one of ${LIFETIMES_S.join(', ')}`)
  if (words.length > LONGEST_COMMENT)
    throw invalid(`Validation failed: Comment may have ${LONGEST_COMMENT} characters at most`)
  return { maxUses, expiresIn, autofollow, comment: words }
}

const isOpen = (now: Date) =>
  sql<boolean>`(i.max_uses is null or i.uses < i.max_uses) and (i.expires_at is null or i.expires_at > ${now.toISOString()})`

function selectInvites(ctx: Context) {
  return ctx.db
    .selectFrom('invites as i')
    .innerJoin('user_accounts as ua', 'ua.user_id', 'i.user_id')
    .innerJoin('accounts as a', 'a.id', 'ua.account_id')
    .select([
      'i.id',
      'i.code',
      'i.max_uses',
      'i.uses',
      'i.expires_at',
      'i.autofollow',
      'i.comment',
      'i.created_at',
      'a.id as account_id',
      'a.username',
    ])
}

/** A page of invitations, the newest first: of one person all, of everybody those that still let somebody in. One query. */
export async function listInvites(ctx: Context, userId: Id | undefined, page: PageRequest): Promise<InviteRow[]> {
  const all = selectInvites(ctx).where(pageBounds(sql.ref('i.id'), page))
  const mine = userId === undefined ? all.where(isOpen(ctx.clock.now())) : all.where('i.user_id', '=', userId)
  const rows = await mine
    .orderBy('i.id', page.minId === undefined ? 'desc' : 'asc')
    .limit(page.limit)
    .execute()
  return rows.toSorted((a, b) => compareIds(b.id, a.id))
}

export async function requireInvite(ctx: Context, id: Id): Promise<InviteRow> {
  const row = await selectInvites(ctx).where('i.id', '=', id).executeTakeFirst()
  if (!row) throw notFound()
  return row
}

/** Ends an invitation of one's own; who came by it stays. Twice is once. */
export async function endOwnInvite(tx: Tx, userId: Id, id: Id): Promise<void> {
  const row = await tx.db
    .selectFrom('invites')
    .select('id')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (!row) throw notFound()
  await end(tx, [id])
}

/** The same of anybody's, by the team. */
export async function endInvite(tx: Tx, actorId: Id, id: Id): Promise<void> {
  const row = await requireInvite(tx, id)
  if ((await end(tx, [id])) === 0) return
  await writeAudit(tx, { actorId, action: 'invite.end', targetType: 'invite', targetId: id, label: row.username })
}

/** Ends all that still let somebody in; gives how many. */
export async function endAllInvites(tx: Tx, actorId: Id): Promise<number> {
  const count = await end(tx)
  if (count > 0) await writeAudit(tx, { actorId, action: 'invite.end-all', targetType: 'invite', label: String(count) })
  return count
}

async function end(tx: Tx, ids?: readonly Id[]): Promise<number> {
  const now = tx.clock.now().toISOString()
  const these = ids === undefined ? sql`true` : sql`id = any(${ids}::bigint[])`
  const result = await sql`
    update invites set expires_at = ${now} where ${these} and (expires_at is null or expires_at > ${now})
      and (max_uses is null or uses < max_uses)`.execute(tx.db)
  return Number(result.numAffectedRows ?? 0)
}

/** By whom somebody comes, and whether that spares them a moderator. */
export type Invitation = { id: Id; inviterId: Id; inviter: string; bypasses: boolean }

/** An invitation that lets somebody in now: neither used up nor over, of somebody who may act and may invite. One query. */
export async function findInvitation(ctx: Context, code: string): Promise<Invitation | undefined> {
  const now = ctx.clock.now()
  const { rows } = await sql<{ id: Id; account_id: Id; username: string; own: string; everybodys: string }>`
    select i.id, a.id as account_id, a.username, r.permissions::text as own, e.permissions::text as everybodys
    from invites i
    join users u on u.id = i.user_id and u.confirmed_at is not null and u.approved_at is not null and u.disabled_at is null
    join user_accounts ua on ua.user_id = u.id
    join accounts a on a.id = ua.account_id and a.suspended_at is null and a.moved_to_account_id is null
    join roles r on r.id = u.role_id join roles e on e.id = ${EVERYBODY}
    where i.code = ${code.slice(0, 100)} and ${isOpen(now)}
    order by ua.created_at limit 1`.execute(ctx.db)
  const [row] = rows
  if (!row) return undefined
  const bits = (BigInt(row.own) | BigInt(row.everybodys)).toString()
  if (!isAllowed(bits, 'invite_users')) return undefined
  const { id, account_id: inviterId, username: inviter } = row
  return { id, inviterId, inviter, bypasses: isAllowed(bits, 'invite_bypass_approval') }
}

export const invitationIsOver = () =>
  new Refusal('forbidden', 'This invitation was used up, or it is over. Ask for another one.', { fault: 'inviteOver' })

/** Uses an invitation once. Of two who come with the last one, one gets it. */
export async function useInvite(tx: Tx, id: Id): Promise<void> {
  const now = tx.clock.now().toISOString()
  const used = await sql`
    update invites set uses = uses + 1 where id = ${id} and (max_uses is null or uses < max_uses)
      and (expires_at is null or expires_at > ${now})`.execute(tx.db)
  if (used.numAffectedRows !== 1n) throw invitationIsOver()
}

const YEAR_MS = 365 * 24 * 3_600_000

export async function pruneInvites(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - YEAR_MS).toISOString()
  await ctx.db.deleteFrom('invites').where('uses', '=', 0).where('expires_at', '<', before).execute()
}

/** How somebody came here, and whom they invited, for their own archive. */
export async function takeOutJoining(ctx: Context, userId: Id): Promise<Record<string, unknown>> {
  const person = await ctx.db.selectFrom('users').select('sign_up_ip').where('id', '=', userId).executeTakeFirst()
  const invites = await ctx.db
    .selectFrom('invites')
    .select(['code', 'max_uses', 'uses', 'expires_at', 'autofollow', 'comment', 'created_at'])
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
  return { sign_up_ip: person?.sign_up_ip ?? null, invites }
}
