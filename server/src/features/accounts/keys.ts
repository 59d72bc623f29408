import { createPrivateKey } from 'node:crypto'
import type { KnownKey, Signer } from '#federation'
import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

/** The key that a local account signs with; undefined when it has none, because it lives elsewhere or is gone. */
export async function findSigner(ctx: Context, accountId: Id): Promise<Signer | undefined> {
  const row = await ctx.db
    .selectFrom('account_keys')
    .select(['key_id', 'private_pem'])
    .where('account_id', '=', accountId)
    .where('private_pem', 'is not', null)
    .where('revoked_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('accounts')
            .select('id')
            .whereRef('accounts.id', '=', 'account_keys.account_id')
            .where('is_demo', '=', true),
        ),
      ),
    )
    .executeTakeFirst()
  return row?.private_pem ? { keyId: row.key_id, privateKey: createPrivateKey(row.private_pem) } : undefined
}

/** A public key by its id, with whoever owns it. Suspended owners are not heard. */
export async function findKey(ctx: Context, keyId: string): Promise<KnownKey | undefined> {
  const row = await ctx.db
    .selectFrom('account_keys')
    .innerJoin('accounts', 'accounts.id', 'account_keys.account_id')
    .select(['account_keys.key_id', 'account_keys.public_pem', 'accounts.uri'])
    .where((eb) => eb.or([eb('account_keys.key_id', '=', keyId), eb('accounts.uri', '=', keyId)]))
    .where('account_keys.revoked_at', 'is', null)
    .where('account_keys.private_pem', 'is', null)
    .executeTakeFirst()
  return row && { keyId: row.key_id, actorUri: row.uri, publicPem: row.public_pem }
}
