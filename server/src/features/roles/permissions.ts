import { Refusal } from '#lib/refusal'

const ADMINISTRATOR = 1n
const BITS = {
  audit: 1n << 2n,
  reports: 1n << 4n,
  federation: 1n << 5n,
  settings: 1n << 6n,
  blocks: 1n << 7n,
  users: 1n << 10n,
  announcements: 1n << 13n,
} as const
export type Permission = keyof typeof BITS

/** Whether a role's permission bits (as text) allow something; administrators may everything. */
export function isAllowed(permissions: string, needed: Permission): boolean {
  return (BigInt(permissions) & (ADMINISTRATOR | BITS[needed])) !== 0n
}

export function requirePermission(permissions: string, needed: Permission): void {
  if (!isAllowed(permissions, needed)) throw new Refusal('forbidden', 'This action is not allowed')
}
