import { isTeamPermission, permissions, type Permission } from '@hamlet/contract/permissions'
import { Refusal } from '#lib/refusal'
import { user } from '#platform/http'

export { permissions, type Permission }

export const isPermission = (name: string): name is Permission => permissions.includes(name as Permission)
const bitOf = (name: Permission): bigint => 1n << BigInt(permissions.indexOf(name))
const ALL = (1n << BigInt(permissions.length)) - 1n

/** The bits of permissions, as the text that rows and Mastodon's Role carry. */
export const bitsOf = (names: readonly Permission[]): string =>
  names.reduce((bits, name) => bits | bitOf(name), 0n).toString()

export const namesOf = (bits: string): Permission[] => permissions.filter((name) => (BigInt(bits) & bitOf(name)) !== 0n)

/** What a role's bits come to: administrators may everything. */
export function reachOf(bits: string): bigint {
  return (BigInt(bits) & bitOf('administrator')) === 0n ? BigInt(bits) & ALL : ALL
}

export function isAllowed(bits: string, needed: Permission): boolean {
  return (reachOf(bits) & bitOf(needed)) !== 0n
}

/** Whether a role makes its holders part of the team. */
export const isTeamRole = (bits: string): boolean => namesOf(bits).some(isTeamPermission)

/** Whether whoever has these bits has all of those. */
export const coversAll = (bits: string, others: string): boolean => (BigInt(others) & ~reachOf(bits)) === 0n

export function requirePermission(bits: string, needed: Permission): void {
  if (!isAllowed(bits, needed)) throw new Refusal('forbidden', 'This action is not allowed')
}

/** Access to a route for a person whose role lets them, through an app with this scope. */
export const team = <S extends string>(scope: S, permission: Permission) => ({ ...user(scope), permission }) as const
