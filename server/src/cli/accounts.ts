import { requireRoleId } from '#features/roles'
import { createUser, makeSecrets } from '#features/users'
import { transact } from '#platform/context'
import { print, requireFlag, requireWord, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

export async function createAccount(args: Arguments): Promise<void> {
  const username = requireWord(args, 0, 'which name the account has')
  const email = requireFlag(args, 'email')
  const roleId = requireRoleId(typeof args.flags.role === 'string' ? args.flags.role : 'user')
  const { password } = args.flags
  const isGiven = typeof password === 'string'
  const secrets = await makeSecrets(isGiven ? password : undefined)
  const made = await withContext((ctx) =>
    transact(ctx, (tx) =>
      createUser(tx, { username, email, roleId, confirmed: args.flags.confirmed === true, secrets }),
    ),
  )
  const lines = [`Account @${username} is made.`, ...(isGiven ? [] : [`Password, shown once: ${made.password}`])]
  print(args, { id: made.accountId, username, email, ...(isGiven ? {} : { password: made.password }) }, lines)
}
