import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import { holds, isTeamPermission, permissions, type Permission } from '@hamlet/contract/permissions'
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
    request<CredentialAccount>('GET', '/api/v1/accounts/verify_credentials').catch(askClosed),
    request<Instance>('GET', '/api/v2/instance'),
  ])
  void keepSession({ account, instance }).catch(() => undefined)
  return { account, instance }
}

/** The API is closed to whoever is suspended, frozen or not in yet; a few pages are theirs all the same. */
async function askClosed(cause: unknown): Promise<CredentialAccount> {
  if (!(cause instanceof ApiError) || cause.status !== 403) throw cause
  return request<CredentialAccount>('GET', '/api/hamlet/v1/access')
}

/** Without a network one is who one was here last. */
async function recallSession(cause: unknown) {
  const isAway = cause instanceof ApiError && cause.status === OFFLINE
  const kept = isAway ? await readSession().catch(() => undefined) : undefined
  if (!kept) throw cause
  isOffline.value = true
  return kept.value
}

/** Whether the role of this person allows something. */
export const may = (permission: Permission): boolean => holds(me.value.role.permissions, permission)

/** Whether there are pages of the team for this person. */
export const isOfTeam = (): boolean => permissions.some((name) => isTeamPermission(name) && may(name))
