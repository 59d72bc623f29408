/**
 * Purpose: what we know of servers, ours among them, and how each is treated here.
 * Owns: domains, domain_policies, domain_allows, domain_purges, domain_notes, domain_lists,
 * domain_list_entries, domain_drafts. Events: serverPolicyChanged, serverPurgeWanted.
 */
import { defineRoom, none } from '#platform/room'
import { fetchList, listSchedules } from './lists/fetch-lists.ts'
import { forgetAuthor } from './notes/notes.ts'
import { endPolicy } from './policies/change.ts'

export { ensureLocalDomain, requireLocalDomain, type LocalDomain } from './local-domain.ts'
export { moveLocalDomain } from './move-local-domain.ts'
export { decideDraft } from './lists/decide.ts'
export type { Change } from './lists/diff.ts'
export { fetchList, readListUrl } from './lists/fetch-lists.ts'
export { addList, importList, removeList } from './lists/import-list.ts'
export { findDraft, findOpinions, listDrafts, listLists, type DraftRow, type ListRow } from './lists/store.ts'
export { addNote, listNotes, removeNote, type NoteRow } from './notes/notes.ts'
export { findPurge, finishPurge, notePurged, purgeServer, serverPurgeWanted, type Purge } from './purges/purge.ts'
export { allowServer, disallowServer, findAllow, listAllows, type AllowRow } from './policies/allows.ts'
export {
  changeDomainPolicy,
  createDomainPolicy,
  isOwn,
  PolicyStands,
  removeDomainPolicy,
  requireOtherHost,
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
  jobs: [endPolicy, fetchList],
  schedules: listSchedules,
  erase: forgetAuthor,
  takeout: none('a server is not a person'),
})
