import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import { signal } from '@preact/signals'
import { request } from '../api/request.ts'
import { keepAccount } from '../api/store.ts'

/** Who is signed in, and where. Both are there before anything is drawn. */
export const me = signal<CredentialAccount>(undefined as unknown as CredentialAccount)
export const server = signal<Instance>(undefined as unknown as Instance)

export async function loadSession(): Promise<void> {
  const [account, instance] = await Promise.all([
    request<CredentialAccount>('GET', '/api/v1/accounts/verify_credentials'),
    request<Instance>('GET', '/api/v2/instance'),
  ])
  keepAccount(account)
  me.value = account
  server.value = instance
}

const ADMINISTRATOR = 1n
const MANAGE_REPORTS = 1n << 4n
const MANAGE_BLOCKS = 1n << 7n

function holds(permission: bigint): boolean {
  return (BigInt(me.value.role.permissions) & (ADMINISTRATOR | permission)) !== 0n
}

/** Whether the moderation pages are for this person (roles: Mastodon's permission bits). */
export function canModerate(): boolean {
  return holds(MANAGE_REPORTS)
}

/** Whether this person says which names and mail domains are kept out. */
export function canManageBlocks(): boolean {
  return holds(MANAGE_BLOCKS)
}
