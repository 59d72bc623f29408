import { roleLimits, type RoleLimit } from '@hamlet/contract/permissions'
import { writeAudit, type AuditAction } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { EVERYBODY, everybodysPermissions, roleIds } from './builtin.ts'
import { bitsOf, coversAll, isPermission, type Permission } from './permissions.ts'
import { listRoles, type RoleRow } from './store.ts'

/** Who changes a role: somebody of the team, with the role that they hold themselves. */
export type Actor = { accountId: Id; role: RoleRow }
export type RoleWish = {
  name?: string | undefined
  position?: number | undefined
  permissions?: readonly string[] | undefined
  color?: string | undefined
  highlighted?: boolean | undefined
  require_2fa?: boolean | undefined
} & { [name in RoleLimit]?: number | null | undefined }

const MAX_NAME = 100
const MAX_POSITION = 1_000_000
const COLOR = /^#[0-9a-f]{6}$/i

const blank = {
  name: '',
  position: 0,
  permissions: '0',
  color: '',
  highlighted: false,
  require_2fa: false,
  posts_per_hour: null,
  open_invites: null,
}
const limitNames = Object.keys(roleLimits) as RoleLimit[]

export const isBuiltin = (id: Id): boolean => Object.values(roleIds).includes(id)

/** Makes a role below one's own that allows no more than one's own. Throws a Refusal that says what is wrong. */
export async function createRole(tx: Tx, actor: Actor, wish: RoleWish): Promise<Id> {
  const now = tx.clock.now()
  const row: RoleRow = { id: makeId(now.getTime()), ...blank, ...readWish(wish) }
  await requireName(tx, row)
  requireBelow(actor, row.position)
  requireCovered(actor, row.permissions)
  await tx.db
    .insertInto('roles')
    .values({ ...row, created_at: now.toISOString() })
    .execute()
  await tell(tx, actor, 'role.create', row)
  return row.id
}

/**
 * Changes a role that is lower than one's own. Of the own one only its looks can be changed, and of everybody's only who
 * may invite (mastodon-features, roles: nobody lifts themselves).
 */
export async function changeRole(tx: Tx, actor: Actor, id: Id, wish: RoleWish): Promise<void> {
  const before = (await holdRoles(tx)).find((role) => role.id === id)
  if (!before) throw notFound()
  const after = { ...before, ...readWish(wish) }
  if (id === EVERYBODY) requireEverybodys(before, after)
  else {
    await requireName(tx, after)
    if (id === actor.role.id) requireSamePower(before, after)
    else requireBelow(actor, Math.max(before.position, after.position))
  }
  requireCovered(actor, (BigInt(before.permissions) ^ BigInt(after.permissions)).toString())
  const { id: _, ...set } = after
  await tx.db
    .updateTable('roles')
    .set({ ...set, updated_at: tx.clock.now().toISOString() })
    .where('id', '=', id)
    .execute()
  await tell(tx, actor, 'role.update', after)
}

/** Deletes a role that nobody holds any more; those that come with the server stay. */
export async function deleteRole(tx: Tx, actor: Actor, id: Id): Promise<void> {
  const role = (await holdRoles(tx)).find((one) => one.id === id)
  if (!role) throw notFound()
  if (isBuiltin(id)) throw new Refusal('forbidden', 'This role comes with the server and cannot be deleted')
  requireGrantable(actor, role)
  await tx.db.deleteFrom('roles').where('id', '=', id).execute()
  await tell(tx, actor, 'role.delete', role)
}

/** Refuses to hand out or take what one does not have oneself; what everybody has is nobody's to keep back. */
export function requireGrantable(actor: Actor, role: RoleRow): void {
  requireBelow(actor, role.position)
  if (role.id !== EVERYBODY) requireCovered(actor, role.permissions)
}

function readWish(wish: RoleWish): Partial<RoleRow> {
  const given: Partial<RoleRow> = {}
  if (wish.name !== undefined) given.name = wish.name.trim()
  if (wish.position !== undefined) given.position = readPosition(wish.position)
  if (wish.permissions !== undefined) given.permissions = bitsOf(wish.permissions.map(readPermission))
  if (wish.color !== undefined) given.color = readColor(wish.color)
  if (wish.highlighted !== undefined) given.highlighted = wish.highlighted
  if (wish.require_2fa !== undefined) given.require_2fa = wish.require_2fa
  for (const name of limitNames) if (wish[name] !== undefined) given[name] = readLimit(name, wish[name])
  return given
}

function readPermission(name: string): Permission {
  if (!isPermission(name)) throw invalid(`Validation failed: Permissions has no ${name.slice(0, 40)}`)
  return name
}

function readPosition(position: number): number {
  if (!Number.isInteger(position) || position < 0 || position > MAX_POSITION)
    throw invalid(`Validation failed: Position must be a whole number from 0 to ${MAX_POSITION}`)
  return position
}

function readLimit(name: RoleLimit, value: number | null): number | null {
  const { least, most } = roleLimits[name]
  if (value !== null && (!Number.isInteger(value) || value < least || value > most))
    throw invalid(`Validation failed: ${name} must be a whole number from ${least} to ${most}, or null`)
  return value
}

function readColor(color: string): string {
  if (color !== '' && !COLOR.test(color)) throw invalid('Validation failed: Color must be like #1f7a8c')
  return color.toLowerCase()
}

/** All roles as they are, until this transaction ends: whoever changes one waits for whoever changes another. */
export async function holdRoles(tx: Tx): Promise<RoleRow[]> {
  await tx.db.selectFrom('roles').select('id').orderBy('id').forUpdate().execute()
  return listRoles(tx)
}

async function requireName(tx: Tx, role: RoleRow): Promise<void> {
  if (role.name === '') throw invalid("Validation failed: Name can't be blank")
  if (role.name.length > MAX_NAME)
    throw invalid(`Validation failed: Name is too long (maximum is ${MAX_NAME} characters)`)
  const others = (await holdRoles(tx)).filter((one) => one.id !== role.id)
  if (others.some((one) => one.name.toLowerCase() === role.name.toLowerCase()))
    throw invalid('Validation failed: Name has already been taken')
}

function requireEverybodys(before: RoleRow, after: RoleRow): void {
  const isSame = after.name === before.name && after.position === before.position
  if (!isSame) throw invalid('Validation failed: The name and position of what everybody has stay')
  if (!coversAll(bitsOf(everybodysPermissions), after.permissions))
    throw invalid('Validation failed: Permissions of everybody can only be to invite')
  if (after.require_2fa) throw invalid('Validation failed: A second factor cannot be asked of everybody by role')
}

function requireSamePower(before: RoleRow, after: RoleRow): void {
  const isSame = after.permissions === before.permissions && after.position === before.position
  const isBound = limitNames.every((name) => after[name] === before[name])
  if (!isSame || !isBound || after.require_2fa !== before.require_2fa)
    throw new Refusal('forbidden', 'Nobody changes what their own role allows')
}

function requireBelow(actor: Actor, position: number): void {
  if (position >= actor.role.position) throw new Refusal('forbidden', 'This role is as high as yours, or higher')
}

function requireCovered(actor: Actor, bits: string): void {
  if (!coversAll(actor.role.permissions, bits))
    throw new Refusal('forbidden', 'You cannot give or take what your own role does not allow')
}

async function tell(tx: Tx, { accountId }: Actor, action: AuditAction, role: RoleRow): Promise<void> {
  await writeAudit(tx, {
    actorId: accountId,
    action,
    targetType: 'role',
    targetId: role.id,
    label: role.name === '' ? 'everybody' : role.name,
    details: {
      position: role.position,
      permissions: role.permissions,
      posts_per_hour: role.posts_per_hour,
      open_invites: role.open_invites,
    },
  })
}
