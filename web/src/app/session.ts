import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import { signal } from '@preact/signals'
import { keepSession, readSession } from '../api/kept.ts'
import { isOffline } from '../api/network.ts'
import { actAs, ApiError, OFFLINE, request } from '../api/request.ts'
import { keepAccount } from '../api/store.ts'

/** Who is signed in, and where. Both are there before anything is drawn. */
export const me = signal<CredentialAccount>(undefined as unknown as CredentialAccount)
export const server = signal<Instance>(undefined as unknown as Instance)

export async function loadSession(): Promise<void> {
  const { account, instance } = await fetchSession().catch(recallSession)
  actAs(account.id)
  keepAccount(account)
  me.value = account
  server.value = instance
}

async function fetchSession() {
  const [account, instance] = await Promise.all([
    request<CredentialAccount>('GET', '/api/v1/accounts/verify_credentials'),
    request<Instance>('GET', '/api/v2/instance'),
  ])
  void keepSession({ account, instance }).catch(() => undefined)
  return { account, instance }
}

/** Without a network one is who one was here last. */
async function recallSession(cause: unknown) {
  const isAway = cause instanceof ApiError && cause.status === OFFLINE
  const kept = isAway ? await readSession().catch(() => undefined) : undefined
  if (!kept) throw cause
  isOffline.value = true
  return kept.value
}

const ADMINISTRATOR = 1n
const MANAGE_REPORTS = 1n << 4n
const MANAGE_BLOCKS = 1n << 7n
const MANAGE_USERS = 1n << 10n
const MANAGE_ANNOUNCEMENTS = 1n << 13n

function holds(permission: bigint): boolean {
  return (BigInt(me.value.role.permissions) & (ADMINISTRATOR | permission)) !== 0n
}

/** Whether this person decides reports (roles: Mastodon's permission bits). */
export function canModerate(): boolean {
  return holds(MANAGE_REPORTS)
}

/** Whether this person lets in those who sign up. */
export function canManageUsers(): boolean {
  return holds(MANAGE_USERS)
}

/** Whether the moderation pages are for this person. */
export function isOfTeam(): boolean {
  return holds(MANAGE_REPORTS | MANAGE_USERS)
}

/** Whether this person says which names and mail domains are kept out. */
export function canManageBlocks(): boolean {
  return holds(MANAGE_BLOCKS)
}

/** Whether this person says what is announced to everybody here. */
export function canAnnounce(): boolean {
  return holds(MANAGE_ANNOUNCEMENTS)
}
