import { ensureInstanceActor, findAccount, requireInstanceSigner } from '#features/accounts'
import { writeAudit, type AuditAction } from '#features/audit'
import { findShutHosts } from '#features/domains'
import { deliver, fetchDocument, PUBLIC, readActor, type Activity } from '#federation'
import { hostOf, isLoopbackName, parseHttpUrl } from '#lib/host'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, enqueue } from '#platform/jobs'
import { CONTEXT } from '../outbox.ts'
import { findRelay, findRelayOf, noteHeard, type RelayRow } from './store.ts'

/** Adds a relay, which is asked at once. Its inbox is one of Mastodon's kind, any other address the actor of one of Pleroma's. */
export async function addRelay(tx: Tx, actorId: Id, text: string): Promise<Id> {
  const url = parseHttpUrl(text.trim())
  const isTest = tx.config.allowPrivateNetworks.length > 0 && url !== undefined && isLoopbackName(url.hostname)
  if (!url || (url.protocol !== 'https:' && !isTest)) throw invalid('Validation failed: Url must begin with https://')
  if (url.host === tx.config.domain || url.host === new URL(tx.config.url).host)
    throw invalid('Validation failed: Url is our own')
  const isInbox = /\/inbox\/?$/.test(url.pathname)
  const now = tx.clock.now()
  const row = { kind: isInbox ? 'mastodon' : 'litepub', url: url.href, inbox_url: isInbox ? url.href : null }
  const added = await tx.db
    .insertInto('relays')
    .values({ id: makeId(now.getTime()), created_at: now.toISOString(), ...row })
    .onConflict((conflict) => conflict.column('url').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) throw invalid('Validation failed: Url has already been taken')
  await tell(tx, actorId, 'relay.add', row.url)
  await enable(tx, added.id)
  return added.id
}

async function tell(tx: Tx, actorId: Id, action: AuditAction, label: string): Promise<void> {
  await writeAudit(tx, { actorId, action, targetType: 'domain', label })
}

async function requireRelay(tx: Tx, id: Id): Promise<RelayRow> {
  await tx.db.selectFrom('relays').select('id').where('id', '=', id).forUpdate().execute()
  const row = await findRelay(tx, id)
  if (!row) throw notFound()
  return row
}

/** Asks a relay to let us in; one that was asked already is not asked again. */
export async function enableRelay(tx: Tx, actorId: Id, id: Id): Promise<void> {
  const row = await requireRelay(tx, id)
  if (row.state === 'pending' || row.state === 'accepted') return
  await tell(tx, actorId, 'relay.enable', row.url)
  await enable(tx, id)
}

async function enable(tx: Tx, id: Id): Promise<void> {
  const follow_uri = `${tx.config.url}/ap/follows/${makeId(tx.clock.now().getTime())}`
  await tx.db.updateTable('relays').set({ state: 'pending', follow_uri, problem: null }).where('id', '=', id).execute()
  await enqueue(tx, askRelay, { relayId: id })
}

/** Leaves a relay; nothing comes by it from then on. */
export async function disableRelay(tx: Tx, actorId: Id, id: Id): Promise<void> {
  const row = await requireRelay(tx, id)
  if (row.state === 'idle') return
  await leave(tx, row)
  await tx.db.updateTable('relays').set({ state: 'idle', follow_uri: null }).where('id', '=', id).execute()
  await tell(tx, actorId, 'relay.disable', row.url)
}

export async function removeRelay(tx: Tx, actorId: Id, id: Id): Promise<void> {
  const row = await requireRelay(tx, id)
  if (row.state !== 'idle') await leave(tx, row)
  await tx.db.deleteFrom('relays').where('id', '=', id).execute()
  await tell(tx, actorId, 'relay.remove', row.url)
}

/** What a relay is asked to follow: everything, or itself (federation.md e.8). */
const objectOf = ({ kind, url }: RelayRow) => (kind === 'mastodon' ? PUBLIC : url)

async function leave(tx: Tx, row: RelayRow): Promise<void> {
  const { inbox_url, follow_uri } = row
  if (inbox_url === null || follow_uri === null) return
  await send(tx, inbox_url, (actor) => {
    const object = { id: follow_uri, type: 'Follow', actor, object: objectOf(row) }
    return { id: `${follow_uri}/undo`, type: 'Undo', object }
  })
}

async function send(tx: Tx, inbox: string, make: (actor: string) => Record<string, unknown>): Promise<void> {
  const accountId = await ensureInstanceActor(tx)
  const actor = (await findAccount(tx, accountId))?.uri
  if (actor)
    await deliver(tx, { accountId, inboxes: [inbox], activity: { '@context': CONTEXT, actor, ...make(actor) } })
}

const askRelay = defineJob<{ relayId: Id }>({
  name: 'relationships.ask-relay',
  class: 'fetch',
  maxAttempts: 4,
  orderingKey: ({ relayId }) => `relay:${relayId}`,
  run: async (ctx, { relayId }) => {
    const row = await findRelay(ctx, relayId)
    if (row?.state !== 'pending') return
    try {
      const inbox = row.inbox_url ?? (await findInboxOf(ctx, row.url))
      await transact(ctx, async (tx) => {
        await tx.db.updateTable('relays').set({ inbox_url: inbox }).where('id', '=', row.id).execute()
        await send(tx, inbox, () => ({ id: row.follow_uri, type: 'Follow', object: objectOf(row) }))
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const problem = error.message.slice(0, 500)
      await ctx.db.updateTable('relays').set({ state: 'rejected', problem }).where('id', '=', row.id).execute()
    }
  },
})

async function findInboxOf(ctx: Context, url: string): Promise<string> {
  const host = hostOf(url)
  if (host && (await findShutHosts(ctx, [host])).size > 0) throw invalid('This server is shut out here')
  return readActor(await fetchDocument(ctx, url, await requireInstanceSigner(ctx)), ctx.clock.now()).inbox
}

/** The answer of a relay to our asking. False when it is about something else. */
export async function answerRelay(tx: Tx, activity: Activity, state: 'accepted' | 'rejected'): Promise<boolean> {
  const relay = await findRelayOf(tx, activity.actor, ['pending', 'accepted'])
  if (!relay || activity.objectId !== relay.follow_uri) return false
  await tx.db.updateTable('relays').set({ state }).where('id', '=', relay.id).execute()
  await noteHeard(tx, relay.id)
  return true
}

export const relayJobs = [askRelay]
