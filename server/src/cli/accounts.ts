import { requireRoleId } from '#features/roles'
import { createUser } from '#features/users'
import { transact } from '#platform/context'
import { print, requireFlag, requireWord, type Command } from './command.ts'
import { withContext } from './with-context.ts'

export const accountsCreate: Command = {
  name: 'accounts create',
  usage: `hamlet accounts create NAME --email E [--password P] [--role owner|admin|moderator|user] [--confirmed] [--json]

Makes an account on this server and the person who logs in to it.
  --email      the person's e-mail address
  --password   8 characters or more; without it one is made and shown once
  --role       what the person may do (default: user)
  --confirmed  the address needs no confirmation mail
  --json       answer with one JSON object`,
  options: {
    email: { type: 'string' },
    password: { type: 'string' },
    role: { type: 'string' },
    confirmed: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async (args) => {
    const username = requireWord(args, 0, 'which name the account has')
    const email = requireFlag(args, 'email')
    const roleId = requireRoleId(typeof args.flags.role === 'string' ? args.flags.role : 'user')
    const { password } = args.flags
    const given = typeof password === 'string' ? { password } : {}
    const made = await withContext((ctx) =>
      transact(ctx, (tx) =>
        createUser(tx, { username, email, roleId, confirmed: args.flags.confirmed === true, ...given }),
      ),
    )
    const lines = [
      `Account @${username} is made.`,
      ...(given.password ? [] : [`Password, shown once: ${made.password}`]),
    ]
    print(args, { id: made.accountId, username, email, ...(given.password ? {} : { password: made.password }) }, lines)
  },
}
