import { requireLocalDomain } from '#features/domains'
import type { Signer } from '#federation'
import { hostname, type Host } from '#lib/host'
import { makeId, type Id } from '#lib/id'
import { transact, type Context, type Tx } from '#platform/context'
import { makeKeyPair } from './create-local-account.ts'
import { findSigner } from './keys.ts'

const PATH = '/actor'

/** The server itself as an account: it signs what nobody in particular asks for (federation.md a.4). Made once. */
export async function ensureInstanceActor(ctx: Context): Promise<Id> {
  const uri = `${ctx.config.url}${PATH}`
  const known = await ctx.db.selectFrom('accounts').select('id').where('uri', '=', uri).executeTakeFirst()
  if (known) return known.id
  const domain = await requireLocalDomain(ctx)
  const keys = await makeKeyPair()
  const now = ctx.clock.now()
  const created_at = now.toISOString()
  await transact(ctx, async (tx) => {
    const id = makeId(now.getTime())
    const added = await tx.db
      .insertInto('accounts')
      .values({
        id,
        domain_id: domain.id,
        // A name cannot hold a port; the whole handle can.
        username: hostname(domain.host),
        uri,
        url: `${tx.config.url}/about`,
        inbox_url: `${uri}/inbox`,
        shared_inbox_url: `${tx.config.url}/inbox`,
        outbox_url: `${uri}/outbox`,
        followers_url: `${uri}/followers`,
        following_url: `${uri}/following`,
        actor_type: 'Application',
        locked: true,
        bot: true,
        created_at,
        updated_at: created_at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return
    await tx.db
      .insertInto('account_keys')
      .values({
        id: makeId(now.getTime()),
        account_id: id,
        key_id: `${uri}#main-key`,
        public_pem: keys.publicKey,
        private_pem: keys.privateKey,
        created_at,
      })
      .execute()
  })
  return (await ctx.db.selectFrom('accounts').select('id').where('uri', '=', uri).executeTakeFirstOrThrow()).id
}

/** The public base address under which the local addresses were made; undefined before there is a server's own account. */
export async function findPublicBase(ctx: Context): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('accounts')
    .innerJoin('domains', 'domains.id', 'accounts.domain_id')
    .select('accounts.uri')
    .where('domains.is_local', '=', true)
    .where('accounts.actor_type', '=', 'Application')
    .where('accounts.uri', 'like', `%${PATH}`)
    .executeTakeFirst()
  return row?.uri.slice(0, -PATH.length)
}

/** The server's own account is called after the server. */
export async function renameInstanceActor(tx: Tx, base: string, host: Host): Promise<void> {
  await tx.db
    .updateTable('accounts')
    .set({ username: hostname(host) })
    .where('uri', '=', `${base}${PATH}`)
    .execute()
}

/** What our requests for documents are signed with. */
export async function requireInstanceSigner(ctx: Context): Promise<Signer> {
  const signer = await findSigner(ctx, await ensureInstanceActor(ctx))
  if (!signer) throw new Error('The instance actor has no key')
  return signer
}
