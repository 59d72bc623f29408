/**
 * Purpose: what we know of servers, ours among them, and how each is treated here.
 * Owns: domains, domain_policies, domain_allows. Events: serverPolicyChanged.
 */
import { defineRoom, none } from '#platform/room'
import { endPolicy } from './policies/change.ts'

export { ensureLocalDomain, requireLocalDomain, type LocalDomain } from './local-domain.ts'
export { moveLocalDomain } from './move-local-domain.ts'
export { allowServer, disallowServer, findAllow, listAllows, type AllowRow } from './policies/allows.ts'
export {
  changeDomainPolicy,
  createDomainPolicy,
  PolicyStands,
  removeDomainPolicy,
  serverPolicyChanged,
  setDomainPolicy,
  type PolicyWish,
} from './policies/change.ts'
export { findShutHosts, isLimitedFederation } from './policies/limited.ts'
export {
  findPoliciesFor,
  findPolicy,
  findPolicyOf,
  findSuspendedHosts,
  listDomainPolicies,
  pagePolicies,
  policyFor,
  severities,
  type PolicyRow,
  type Severity,
} from './policies/store.ts'
export { countPeers, ensureDomain, listPeers } from './store.ts'

export const domains = defineRoom({
  name: 'domains',
  jobs: [endPolicy],
  erase: none('a server is not a person'),
  takeout: none('a server is not a person'),
})
