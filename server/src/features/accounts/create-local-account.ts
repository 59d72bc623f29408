import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { requireLocalDomain } from '#features/domains'
import { makeId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { isRetired } from './retire.ts'
import { findLocalAccount } from './store.ts'

const generate = promisify(generateKeyPair)
const NAME = /^[a-z0-9_]{1,30}$/i

export const accountCreated = defineEvent<{ accountId: Id }>('accounts.created')

/** Reads the name part of a local handle (mastodon-limits: 30 letters, digits and underscores). */
export function readUsername(text: string): string {
  const problem = NAME.test(text)
    ? undefined
    : { error: 'ERR_INVALID', description: 'must contain only letters, numbers and underscores' }
  if (!problem) return text
  throw invalid(`Validation failed: Username ${problem.description}`, { details: { username: [problem] } })
}

export type KeyPair = { publicKey: string; privateKey: string }

/** The RSA key that every peer expects, as PEM (federation.md 0.6). Finding its primes takes a core a tenth of a second. */
export function makeKeyPair(): Promise<KeyPair> {
  return generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

export type NewAccount = {
  username: string
  displayName?: string
  actorType?: 'Person' | 'Service' | 'Application'
  /** Absent: made here, while the transaction waits. */
  keys?: KeyPair | undefined
}

/** Makes an account of this server, with the RSA key that every peer expects (federation.md 0.6). */
export async function createLocalAccount(tx: Tx, input: NewAccount): Promise<Id> {
  const username = readUsername(input.username)
  if ((await findLocalAccount(tx, username)) || (await isRetired(tx, username))) throw refuseTaken()
  const domain = await requireLocalDomain(tx)
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  const created_at = now.toISOString()
  const actor = localAddresses(tx.config.url, id)
  const made = await tx.db
    .insertInto('accounts')
    .values({
      id,
      domain_id: domain.id,
      username,
      display_name: input.displayName ?? '',
      actor_type: input.actorType ?? 'Person',
      ...actor,
      url: `${tx.config.url}/@${username}`,
      created_at,
      updated_at: created_at,
    })
    // Somebody else may be taking the name at this moment.
    .onConflict((conflict) => conflict.expression(sql`domain_id, lower(username)`).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw refuseTaken()
  const keys = input.keys ?? (await makeKeyPair())
  await tx.db
    .insertInto('account_keys')
    .values({
      id: makeId(now.getTime()),
      account_id: id,
      key_id: `${actor.uri}#main-key`,
      public_pem: keys.publicKey,
      private_pem: keys.privateKey,
      created_at,
    })
    .execute()
  await emit(tx, accountCreated, { accountId: id })
  return id
}

function refuseTaken() {
  const taken = { error: 'ERR_TAKEN', description: 'has already been taken' }
  return invalid(`Validation failed: Username ${taken.description}`, { details: { username: [taken] } })
}

/** Opaque addresses that survive a change of name (federation.md 0.4). */
function localAddresses(base: string, id: Id) {
  const uri = `${base}/ap/users/${id}`
  return {
    uri,
    inbox_url: `${uri}/inbox`,
    outbox_url: `${uri}/outbox`,
    followers_url: `${uri}/followers`,
    following_url: `${uri}/following`,
    shared_inbox_url: `${base}/inbox`,
  }
}
