/**
 * Purpose: who may sign up: blocks of names and of mail domains; facts in, verdict out. Owns: blocked_names,
 * blocked_mail_domains, mail_domain_attempts. Events: none. Its routes lie in moderation, which knows who may.
 */
import { defineRoom, none } from '#platform/room'
import { schedules } from './jobs.ts'

export { judgeMail, judgeSignUp, type Verdict } from './judge.ts'
export {
  blockMailDomain,
  findBlockedMailDomain,
  listBlockedMailDomains,
  unblockMailDomain,
  type MailDomainRow,
} from './mail-domains.ts'
export { blockName, listBlockedNames, unblockName } from './names.ts'
export { presentBlockedName, presentMailDomains } from './present.ts'

export const gates = defineRoom({
  name: 'gates',
  schedules,
  erase: none('it holds names and domains that nobody may use, and counts without anybody in them'),
  takeout: none('what the team keeps out belongs to the server'),
})
