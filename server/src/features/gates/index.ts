/**
 * Purpose: who may sign up: blocks of names, mail domains, mailboxes and networks; which posts are taken: content rules,
 * and the posts that wait for a moderator; facts in, verdict out. Owns: blocked_names, blocked_mail_domains,
 * blocked_mailboxes, blocked_networks, mail_domain_attempts, content_rules, content_rule_versions, content_rule_hits,
 * content_holds, content_gate. Events: none. Its routes lie in moderation, which knows who may.
 */
import { defineRoom } from '#platform/room'
import { schedules } from './jobs.ts'
import { eraseGates, eraseServerGates, takeOutGates } from './leaving.ts'
import { ruleSchedules } from './rules/jobs.ts'

export { judgeMail, judgeSignUp, type Newcomer } from './judge.ts'
export type { Verdict, Why } from './verdict.ts'
export {
  blockMailDomain,
  findBlockedMailDomain,
  listBlockedMailDomains,
  unblockMailDomain,
  type MailDomainRow,
} from './mail-domains.ts'
export { blockName, listBlockedNames, unblockName } from './names.ts'
export {
  countWaiting,
  findHeldAuthors,
  findHold,
  findWaiting,
  keepWaiting,
  listHoldsOf,
  listWaiting,
  listWaitingOf,
  settleHold,
  takeHolds,
  type HoldRow,
  type NewHold,
} from './holds/store.ts'
export type { LiveRule } from './rules/compile.ts'
export type { PostFacts } from './rules/facts.ts'
export {
  countHits,
  forgetHitsOf,
  HITS_KEPT_DAYS,
  isOpen,
  listHits,
  markUndone,
  recordHits,
  takeHits,
  type Before,
  type HitRow,
} from './rules/hits.ts'
export { judgePost, outcomeOf, type Outcome } from './rules/judge-post.ts'
export { readWording } from './rules/read-wording.ts'
export { compileDraft, openGate, type Gate } from './rules/rule-set.ts'
export {
  findContentRule,
  findContentRules,
  listContentRules,
  listRuleVersions,
  type RuleRow,
  type RuleVersion,
} from './rules/store.ts'
export {
  changeRule,
  createRule,
  deleteRule,
  orderRules,
  setFirstPosts,
  switchRule,
  type FirstPosts,
} from './rules/write-rules.ts'
export {
  blockMailbox,
  findBlockedMailbox,
  findBlockOfMailbox,
  listBlockedMailboxes,
  unblockMailbox,
  type MailboxRow,
} from './mailboxes.ts'
export {
  blockNetwork,
  changeBlockedNetwork,
  findBlockedNetwork,
  listBlockedNetworks,
  severities,
  unblockNetwork,
  type NetworkActor,
  type NetworkRow,
} from './networks.ts'
export { presentBlockedMailbox, presentBlockedName, presentBlockedNetwork, presentMailDomains } from './present.ts'
export { openShutAddresses, type ShutAddresses } from './shut-addresses.ts'

export const gates = defineRoom({
  name: 'gates',
  schedules: [...schedules, ...ruleSchedules],
  erase: eraseGates,
  eraseServer: eraseServerGates,
  takeout: takeOutGates,
})
