import { findAccountByAcct, findLocalAccount, type AccountRow } from '#features/accounts'
import { removeFollower, unfollowAccount, listFollowers, listFollowing } from '#features/relationships'
import { requireRoleId } from '#features/roles'
import {
  approveSignUp,
  changeByOperator,
  findUserOfAccount,
  listWaiting,
  makeSecret,
  setFrozen,
  setPassword,
  type OperatorChange,
} from '#features/users'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { print, requireWord, type Arguments } from './command.ts'
import { tellProgress } from './progress.ts'
import { withContext } from './with-context.ts'

async function requireLocal(ctx: Context, username: string): Promise<AccountRow> {
  const account = await findLocalAccount(ctx, username.replace(/^@/, ''))
  if (!account) throw new Refusal('notFound', `There is no account @${username} here.`)
  return account
}

export async function modifyAccount(args: Arguments): Promise<void> {
  const username = requireWord(args, 0, 'which account')
  const { role, email, confirm, enable, disable, approve } = args.flags
  if (enable && disable) throw new Refusal('invalid', 'An account is enabled or disabled, not both.')
  const change: OperatorChange = {
    ...(typeof role === 'string' ? { roleId: requireRoleId(role) } : {}),
    ...(typeof email === 'string' ? { email } : {}),
    ...(confirm ? { isConfirmed: true } : {}),
  }
  const isReset = args.flags['reset-password'] === true
  if (Object.keys(change).length === 0 && !enable && !disable && !approve && !isReset)
    throw new Refusal('invalid', 'Say what to change. Add --help to see how.')
  const password = isReset ? makeSecret().slice(0, 20) : undefined
  await withContext(async (ctx) => {
    const account = await requireLocal(ctx, username)
    await transact(ctx, async (tx) => {
      await changeByOperator(tx, account.id, change)
      if (enable || disable) await setFrozen(tx, account.id, disable === true)
      if (approve) await approveSignUp(tx, null, account.id)
      const person = password && (await findUserOfAccount(tx, account.id))
      if (password && !person) throw new Refusal('notFound', `Nobody signs in as @${username}.`)
      if (password && person) await setPassword(tx, person.id, password)
    })
  })
  const lines = [`@${username} is changed.`, ...(password ? [`Password, shown once: ${password}`] : [])]
  print(args, { username, ...(password ? { password } : {}) }, lines)
}

const MOST_WAITING = 1_000

/** Lets people in who wait: one by name, the first so many, or all. */
export async function approveAccounts(args: Arguments): Promise<void> {
  const [username] = args.words
  const number = args.flags.all ? MOST_WAITING : Number(args.flags.number ?? 0)
  if (username === undefined && !(Number.isInteger(number) && number > 0))
    throw new Refusal('invalid', 'Say who: NAME, --number N or --all.')
  const isDry = args.flags['dry-run'] === true
  const letIn = await withContext(async (ctx) => {
    const chosen: { id: Id; username: string }[] =
      username === undefined
        ? await listWaiting(ctx, { limit: Math.min(number, MOST_WAITING) })
        : [await requireLocal(ctx, username)]
    // oxlint-disable-next-line no-await-in-loop -- each decision is a transaction of its own
    if (!isDry) for (const { id } of chosen) await transact(ctx, (tx) => approveSignUp(tx, null, id))
    return chosen.map((one) => one.username)
  })
  const verb = isDry ? 'would be let in' : 'are in now, and are told by mail'
  print(args, { approved: letIn, dryRun: isDry }, [`${letIn.length} ${verb}: ${letIn.join(', ') || 'nobody'}.`])
}

const PAGE = 80

/** Everybody in a list of relations, page by page. */
async function listAll(ctx: Context, accountId: Id, list: typeof listFollowers): Promise<Id[]> {
  const all: Id[] = []
  for (let maxId: Id | undefined; ;) {
    // oxlint-disable-next-line no-await-in-loop -- one page leads to the next
    const page = await list(ctx, { accountId, viewerId: null }, { limit: PAGE, ...(maxId ? { maxId } : {}) })
    all.push(...page.accountIds)
    maxId = page.rowIds.at(-1)
    if (page.rowIds.length < PAGE) return all
  }
}

/** Ends what an account follows, or who follows it, or both; the other servers are told. */
export async function resetRelationships(args: Arguments): Promise<void> {
  const username = requireWord(args, 0, 'which account')
  const { follows, followers } = args.flags
  if (!follows && !followers) throw new Refusal('invalid', 'Say --follows, --followers or both.')
  const isDry = args.flags['dry-run'] === true
  const tell = tellProgress(args)
  const ended = await withContext(async (ctx) => {
    const { id } = await requireLocal(ctx, username)
    const all = {
      follows: follows ? await listAll(ctx, id, listFollowing) : [],
      followers: followers ? await listAll(ctx, id, listFollowers) : [],
    }
    const work = [
      ...all.follows.map((other) => () => transact(ctx, (tx) => unfollowAccount(tx, id, other))),
      ...all.followers.map((other) => () => transact(ctx, (tx) => removeFollower(tx, id, other))),
    ]
    for (const [index, end] of (isDry ? [] : work).entries()) {
      // oxlint-disable-next-line no-await-in-loop -- thousands at once would take every connection
      await end()
      tell('ended', index + 1, work.length)
    }
    return { follows: all.follows.length, followers: all.followers.length }
  })
  const verb = isDry ? 'would end' : 'ended'
  print(args, { username, ...ended, dryRun: isDry }, [
    `@${username}: ${ended.follows} follows and ${ended.followers} followers ${verb}.`,
  ])
}

/** Everybody here stops following somebody. */
export async function unfollowEverywhere(args: Arguments): Promise<void> {
  const handle = requireWord(args, 0, 'whom nobody here should follow').replace(/^@/, '')
  const isDry = args.flags['dry-run'] === true
  const gone = await withContext(async (ctx) => {
    const account = await findAccountByAcct(ctx, handle)
    if (!account) throw new Refusal('notFound', `Nobody here knows @${handle}.`)
    const ids = await listAll(ctx, account.id, listFollowers)
    const locals = await ctx.db
      .selectFrom('accounts')
      .innerJoin('domains', 'domains.id', 'accounts.domain_id')
      .select('accounts.id')
      .where('domains.is_local', '=', true)
      .where('accounts.id', 'in', ids.length > 0 ? ids : ['0'])
      .execute()
    // oxlint-disable-next-line no-await-in-loop -- see above
    if (!isDry) for (const { id } of locals) await transact(ctx, (tx) => unfollowAccount(tx, id, account.id))
    return locals.length
  })
  print(args, { handle, unfollowed: gone, dryRun: isDry }, [
    `${gone} people here ${isDry ? 'would stop' : 'stopped'} following @${handle}.`,
  ])
}
