/**
 * Purpose: who may sign up: blocks of names, mail domains, mailboxes and networks; facts in, verdict out. Owns:
 * blocked_names, blocked_mail_domains, blocked_mailboxes, blocked_networks, mail_domain_attempts. Events: none. Its routes
 * lie in moderation, which knows who may.
 */
import { defineRoom, none } from '#platform/room'
import { schedules } from './jobs.ts'

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
  schedules,
  erase: none('it holds names, domains, hashes and networks that are kept out, and counts without anybody in them'),
  takeout: none('what the team keeps out belongs to the server'),
})
