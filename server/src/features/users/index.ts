/**
 * Purpose: who may log in: people, passwords, second factors, sessions, sign-up. Owns: users, user_accounts, sessions,
 * one_time_links, invites, totp_secrets, recovery_codes, passkeys, passkey_challenges, pending_sign_ins, sign_ins.
 * Events: userSignedUp, userLetIn, passwordChanged, sessionEnded, signedOut, userFrozen.
 */
import { defineRoom } from '#platform/room'
import { jobs, schedules } from './jobs.ts'
import { eraseUsers, takeOutUsers } from './leaving.ts'
import { pages } from './pages.ts'
import { deletionRoutes } from './routes/deletion.ts'
import { inviteRoutes } from './routes/invites.ts'
import { joiningRoutes } from './routes/joining.ts'
import { emailRoutes } from './routes/emails.ts'
import { ownRoutes } from './routes/own.ts'
import { passkeyRoutes } from './routes/passkeys.ts'
import { preferenceRoutes } from './routes/preferences.ts'
import { roleRoutes } from './routes/roles.ts'
import { securityRoutes } from './routes/security.ts'
import { teamHelpRoutes } from './routes/team-help.ts'
import { teamLetterRoutes } from './routes/team-letters.ts'

export { createUser, makeSecrets, requirePassword, type NewUser, type Secrets } from './create-user.ts'
export { listSessionsOf, requireOwnPage, sessionEnded, signedOut } from './own-sessions.ts'
export { askForDeletion, eraseAccountOf, leaveForGood, type DeletionWish } from './delete-account.ts'
export { requireSelf } from './require-self.ts'
export { confirmEmail, passwordChanged, resetPassword, setPassword } from './confirm.ts'
export { isLinkGood, makeLink, takeLink } from './links.ts'
export { sendAgain } from './confirm-again.ts'
export { mailConfirmation } from './mails.ts'
export { hashPassword, verifyPassword } from './password.ts'
export {
  authenticateSession,
  endSession,
  endSessions,
  hashSecret,
  makeSecret,
  openSession,
  requireAble,
  requireFactor,
  type Standing,
} from './sessions.ts'
export { presentRole } from './present.ts'
export { readFault, readFieldErrors } from './faults.ts'
export { userLetIn } from './let-in.ts'
export { signUp, userSignedUp } from './sign-up.ts'
export { decideGroup, listWaitingGroups, type WaitingGroup } from './joining/groups.ts'
export { readMark } from './joining/marks.ts'
export { makeStamp } from './joining/stamp.ts'
export { createInvite, requireInvite } from './invites/invites.ts'
export { changeByOperator, type OperatorChange } from './team/by-operator.ts'
export { setFrozen, userFrozen } from './team/freeze.ts'
export { listReaders, sendTeamLetter } from './team/letters.ts'
export { findRoleLimits, holdPostLimit } from './team/limits.ts'
export { permitUser } from './team/permit.ts'
export { updateDefaults } from './update-defaults.ts'
export { approveSignUp, countWaiting, listWaiting, rejectSignUp, type WaitingRow } from './waiting.ts'
export {
  countHolders,
  countMembers,
  countUsers,
  findUser,
  findUserByEmail,
  findUserOfAccount,
  listAddresses,
  listMembers,
  listUsersOfAccounts,
  type Address,
  type UserRow,
} from './store.ts'

export const users = defineRoom({
  name: 'users',
  routes: [
    ...deletionRoutes,
    ...preferenceRoutes,
    ...ownRoutes,
    ...emailRoutes,
    ...roleRoutes,
    ...inviteRoutes,
    ...joiningRoutes,
    ...securityRoutes,
    ...passkeyRoutes,
    ...teamHelpRoutes,
    ...teamLetterRoutes,
  ],
  pages,
  jobs,
  schedules,
  erase: eraseUsers,
  takeout: takeOutUsers,
})
