/** Purpose: what we know of servers, ours among them. Owns: domains, domain_policies. Events: none yet. */
import { defineRoom, none } from '#platform/room'

export { ensureLocalDomain, requireLocalDomain, type LocalDomain } from './local-domain.ts'
export { moveLocalDomain } from './move-local-domain.ts'
export { listDomainPolicies, removeDomainPolicy, setDomainPolicy, type Severity } from './policies.ts'
export { countPeers, ensureDomain, findSuspendedHosts, listPeers } from './store.ts'

export const domains = defineRoom({
  name: 'domains',
  erase: none('a server is not a person'),
  takeout: none('a server is not a person'),
})
