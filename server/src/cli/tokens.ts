import { findLocalAccount } from '#features/accounts'
import { createApplication, createToken } from '#features/oauth'
import { findUserOfAccount } from '#features/users'
import { Refusal } from '#lib/refusal'
import { transact } from '#platform/context'
import { print, requireWord, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

export async function createAccessToken(args: Arguments): Promise<void> {
  const username = requireWord(args, 0, 'for which account the token is')
  const scopes = typeof args.flags.scopes === 'string' ? args.flags.scopes : 'read'
  const token = await withContext(async (ctx) => {
    const account = await findLocalAccount(ctx, username)
    const person = account && (await findUserOfAccount(ctx, account.id))
    if (!account || !person)
      throw new Refusal('notFound', `There is no account @${username} here that somebody can log in to.`)
    return transact(ctx, async (tx) => {
      const app = await createApplication(tx, {
        name: 'hamlet command',
        redirectUris: ['urn:ietf:wg:oauth:2.0:oob'],
        scopes,
      })
      return createToken(tx, { applicationId: app.id, scopes, userId: person.id, accountId: account.id })
    })
  })
  print(args, { ...token, token_type: 'Bearer' }, [token.access_token])
}
