import { isDeepStrictEqual } from 'node:util'
import { ensureDomain, findShutHosts } from '#features/domains'
import { storeEmojis } from '#features/emojis'
import { forgetOldPictures } from '#features/media'
import {
  fetchDocument,
  fingerHandle,
  mayFetchKey,
  readActor,
  readHandle,
  type KnownKey,
  type RemoteActor,
} from '#federation'
import { hostOf, type Host } from '#lib/host'
import { makeId, type Id } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import { defineEvent, emit } from '#platform/events'
import { transact, type Context, type Tx } from '#platform/context'
import { requireInstanceSigner } from './instance-actor.ts'
import { findKey } from './keys.ts'
import { withVerification, type Field } from './links/fields.ts'
import { orderCheck } from './links/verify-links.ts'
import { redirectAccount } from './move.ts'
import { findAccountByAcct, findAccountByUri, type AccountRow } from './store.ts'
import { standingFrom } from './with-server.ts'

/**
 * The account behind an actor's address: known here, or fetched, with its handle confirmed by the server that the
 * handle names (federation.md g.3). Addresses of our own are looked up and never fetched. Throws a Refusal.
 */
export async function resolveActor(ctx: Context, uri: string, { isFresh = false } = {}): Promise<AccountRow> {
  const known = await findAccountByUri(ctx, uri)
  if (known && (known.is_local || !isFresh)) return known
  if (isOurs(ctx, uri)) throw notFound()
  return takeActor(ctx, await fetchActor(ctx, uri))
}

function isOurs(ctx: Context, uri: string): boolean {
  const host = hostOf(uri)
  return host === ctx.config.domain || host === new URL(ctx.config.url).host
}

async function fetchActor(ctx: Context, uri: string): Promise<RemoteActor> {
  const host = hostOf(uri)
  // Nobody of a server that is shut out is met here, by whatever way their name comes.
  if (host && (await findShutHosts(ctx, [host])).size > 0) throw notFound()
  return readActor(await fetchDocument(ctx, uri, await requireInstanceSigner(ctx)), ctx.clock.now())
}

/** Stores what an actor's document says, once its handle leads back to it. */
export async function takeActor(ctx: Context, actor: RemoteActor, { isTarget = false } = {}): Promise<AccountRow> {
  const host = hostOf(actor.id)
  if (!host) throw notFound()
  const finger = await fingerHandle(ctx, { username: actor.username, host })
  if (finger.actorUri !== actor.id || finger.handle.username.toLowerCase() !== actor.username.toLowerCase())
    throw new Refusal('invalid', 'The handle of this account does not lead back to it')
  if (isOurs(ctx, `https://${finger.handle.host}/`)) throw new Refusal('invalid', 'This handle is ours')
  // A document may lie elsewhere than the handle says.
  if ((await findShutHosts(ctx, [host, finger.handle.host])).size > 0) throw notFound()
  const target = isTarget ? undefined : await findTarget(ctx, actor)
  await transact(ctx, async (tx) => {
    const id = await storeActor(tx, actor, finger.handle.host)
    // Of whom another one moves to, nothing further is asked: a chain is not followed.
    if (!isTarget) await redirectAccount(tx, id, target?.id ?? null)
  })
  const row = await findAccountByUri(ctx, actor.id)
  if (!row) throw notFound()
  return row
}

/** Whom an actor says it moved to, when that one says the same of it (federation.md a.3). */
async function findTarget(ctx: Context, actor: RemoteActor): Promise<AccountRow | undefined> {
  const { movedTo, id } = actor
  if (movedTo === undefined || movedTo === id) return undefined
  try {
    const known = await findAccountByUri(ctx, movedTo)
    if (known?.is_local || known?.also_known_as.includes(id))
      return known.also_known_as.includes(id) ? known : undefined
    // What it said some time ago, when nobody had moved to it, is no answer.
    if (isOurs(ctx, movedTo)) return undefined
    const target = await takeActor(ctx, await fetchActor(ctx, movedTo), { isTarget: true })
    return target.also_known_as.includes(id) ? target : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** An account of another server, which lists pinned posts, was read, for the first time or anew. */
export const actorStored = defineEvent<{ accountId: Id }>('accounts.actor-stored')

/** Writes an actor's row and keys. The caller has seen to it that the document may be believed. */
export async function storeActor(tx: Tx, actor: RemoteActor, handleHost: Host): Promise<Id> {
  const domain = await ensureDomain(tx, handleHost)
  const now = tx.clock.now().toISOString()
  const before = await findLinks(tx, actor.id)
  const fields = withVerification(actor.fields, before?.fields ?? [])
  const row = rowOf(actor, { fields, now })
  const stored = await tx.db
    .insertInto('accounts')
    .values({
      domain_id: domain.id,
      ...bornOf(tx, actor),
      ...row,
      ...(before ? {} : await standingFrom(tx, handleHost)),
    })
    .onConflict((conflict) =>
      conflict
        .column('uri')
        .doUpdateSet((eb) => ({ ...row, domain_id: domain.id, version: eb('accounts.version', '+', 1) })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  await storeKeys(tx, stored.id, actor)
  await storeEmojis(tx, handleHost, actor.emojis)
  await forgetOldPictures(tx, stored.id, { avatar: row.avatar_remote_url, header: row.header_remote_url })
  await orderCheck(tx, {
    id: stored.id,
    isLocal: false,
    fields,
    checkedAt: before?.links_checked_at ?? null,
    isChanged: !isDeepStrictEqual(fields, before?.fields),
  })
  if (actor.featured !== '') await emit(tx, actorStored, { accountId: stored.id })
  return stored.id
}

/** What of an actor's document is kept in its row. */
function rowOf(actor: RemoteActor, { fields, now }: { fields: Field[]; now: string }) {
  return {
    username: actor.username,
    display_name: actor.name,
    note: actor.summary,
    url: actor.url,
    inbox_url: actor.inbox,
    shared_inbox_url: actor.sharedInbox ?? null,
    outbox_url: actor.outbox,
    followers_url: actor.followers,
    following_url: actor.following,
    featured_url: actor.featured,
    actor_type: actor.type,
    locked: actor.isLocked,
    bot: actor.type === 'Service' || actor.type === 'Application',
    discoverable: actor.isDiscoverable,
    indexable: actor.isIndexable,
    memorial: actor.isMemorial,
    avatar_remote_url: actor.avatarUrl ?? null,
    avatar_description: actor.avatarWords,
    header_remote_url: actor.headerUrl ?? null,
    header_description: actor.headerWords,
    fields: JSON.stringify(fields),
    attribution_domains: actor.attributionDomains,
    also_known_as: actor.alsoKnownAs,
    updated_at: now,
    fetched_at: now,
  }
}
/** What never changes again. */
const bornOf = (tx: Tx, { id: uri, published }: RemoteActor) => ({
  id: makeId(tx.clock.now().getTime()),
  uri,
  created_at: (published ?? tx.clock.now()).toISOString(),
})

async function findLinks(tx: Tx, uri: string) {
  const row = await tx.db
    .selectFrom('accounts')
    .select(['fields', 'links_checked_at'])
    .where('uri', '=', uri)
    .forUpdate()
    .executeTakeFirst()
  return row && { ...row, fields: row.fields as Field[] }
}

/** The set of keys is replaced; a key that somebody else already has is never given away (federation-security.md 2.4). */
async function storeKeys(tx: Tx, accountId: Id, actor: RemoteActor): Promise<void> {
  const ids = actor.keys.map((key) => key.id)
  const gone = tx.db.deleteFrom('account_keys').where('account_id', '=', accountId)
  await (ids.length > 0 ? gone.where('key_id', 'not in', ids) : gone).execute()
  for (const key of actor.keys)
    await tx.db
      .insertInto('account_keys')
      .values({
        id: makeId(tx.clock.now().getTime()),
        account_id: accountId,
        key_id: key.id,
        public_pem: key.pem,
        created_at: tx.clock.now().toISOString(),
      })
      .onConflict((conflict) =>
        conflict
          .column('key_id')
          .doUpdateSet({ public_pem: key.pem, revoked_at: null })
          .where('account_keys.account_id', '=', accountId),
      )
      .execute()
}

/** The account behind a handle, asked at its own server when it is not known here; undefined when nobody answers. */
export async function resolveHandle(ctx: Context, text: string): Promise<AccountRow | undefined> {
  const known = await findAccountByAcct(ctx, text)
  if (known) return known
  const handle = readHandle(text)
  if (!handle || isOurs(ctx, `https://${handle.host}/`)) return undefined
  try {
    return await resolveActor(ctx, (await fingerHandle(ctx, handle)).actorUri, { isFresh: true })
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** A key that we do not know, or that did not fit: read anew from its owner's document, now and then (federation.md f.6). */
export async function fetchKey(ctx: Context, keyId: string): Promise<KnownKey | undefined> {
  if (isOurs(ctx, keyId) || !(await mayFetchKey(ctx, keyId))) return undefined
  try {
    const [uri = ''] = keyId.split('#')
    const actor = await fetchActor(ctx, uri)
    await takeActor(ctx, actor)
    return await findKey(ctx, keyId)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    ctx.log.info('a key could not be looked up', { keyId, because: error.message })
    return undefined
  }
}
