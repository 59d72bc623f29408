import { findLocalAccount } from '#features/accounts'
import { writeAudit } from '#features/audit'
import { requireRoleId } from '#features/roles'
import { createUser, findUserOfAccount, leaveForGood, makeSecrets } from '#features/users'
import { Refusal } from '#lib/refusal'
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

/** Erases an account of here; the running server does the work, or the next one that starts. */
export async function deleteAccount(args: Arguments): Promise<void> {
  const username = requireWord(args, 0, 'whose account goes')
  const isTried = args.flags['dry-run'] === true
  if (!isTried && args.flags.yes !== true)
    throw new Refusal(
      'invalid',
      `This cannot be undone. Say --yes to erase @${username}, or --dry-run to see what would go.`,
    )
  const counts = await withContext(async (ctx) => {
    const account = await findLocalAccount(ctx, username)
    const person = account && (await findUserOfAccount(ctx, account.id))
    if (!account || !person) throw new Refusal('notFound', `There is nobody called @${username} here.`)
    if (!isTried)
      await transact(ctx, async (tx) => {
        await leaveForGood(tx, person.id)
        await writeAudit(tx, { actorId: null, action: 'account.delete', targetType: 'account', label: username })
      })
    return { posts: account.statuses_count, followers: account.followers_count, following: account.following_count }
  })
  const words = `${counts.posts} posts, ${counts.followers} followers, ${counts.following} followed`
  const said = isTried ? `Would erase @${username}: ${words}.` : `@${username} is being erased: ${words}.`
  print(args, { username, dry_run: isTried, ...counts }, [said])
}
