/** Purpose: who may log in: people, passwords, roles. Owns: users, user_accounts. Events: none yet. */
import { defineRoom } from '#platform/room'
import { eraseUsers, takeOutUsers } from './leaving.ts'

export { createUser, type NewUser } from './create-user.ts'
export { findUser, findUserOfAccount, countUsers, type UserRow } from './store.ts'
export { hashPassword, verifyPassword } from './password.ts'

export const users = defineRoom({ name: 'users', erase: eraseUsers, takeout: takeOutUsers })
