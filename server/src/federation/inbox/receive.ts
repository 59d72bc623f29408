import { sql } from 'kysely'
import { hostOf } from '#lib/host'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'
import { judge } from '../authority.ts'
import type { FederationPorts } from '../ports.ts'
import { readActivity, type Activity } from '../reading/read-activity.ts'
import { parseDocument } from '../reading/json.ts'

type Arrived = { inboundId: string; key: string }

/**
 * Takes in what a request has proven its sender to be. It is written down before it is acknowledged; a repeat is
 * acknowledged and forgotten (federation-security.md 2.3). One order for all that concerns one object.
 */
export async function acceptActivity(
  ctx: Context,
  ports: Pick<FederationPorts, 'isRelay'>,
  receive: JobKind<Arrived>,
  { actorUri, body: sent }: { actorUri: string; body: Buffer },
): Promise<void> {
  const said = readActivity(parseDocument(sent))
  const body = said.actor === actorUri ? sent : await readRelayed(ctx, ports, said, actorUri)
  const activity = readActivity(parseDocument(body))
  await transact(ctx, async (tx) => {
    const row = await sql<{ id: string }>`
      insert into inbound_activities (actor_uri, activity_uri, body, received_at)
      values (${actorUri}, ${activity.id ?? null}, ${body}, ${tx.clock.now().toISOString()})
      on conflict do nothing returning id`.execute(tx.db)
    const id = row.rows[0]?.id
    if (id) await enqueue(tx, receive, { inboundId: id, key: `inbox:${activity.objectId ?? activity.actor}` })
  })
}

/**
 * A relay passes on what others wrote. It is believed that there is such a post, and nothing else of it: as if the relay had
 * named its address, where it is asked (federation.md e.8).
 */
async function readRelayed(
  ctx: Context,
  ports: Pick<FederationPorts, 'isRelay'>,
  { type, objectId }: Activity,
  relay: string,
): Promise<Buffer> {
  if (type !== 'Create' || !objectId || !(await ports.isRelay(ctx, relay)))
    throw new Refusal('unauthorized', 'The activity is not of whoever signed it')
  return Buffer.from(JSON.stringify({ id: `${relay}#${objectId}`, type: 'Announce', actor: relay, object: objectId }))
}

/**
 * Whether a body says no more than that somebody unknown here is gone or has changed: most servers tell every server
 * they know of, and the key of whoever is gone cannot be had any more (federation.md c.1, 2). Nothing to do, and
 * nothing to fetch.
 */
export async function isNewsOfStranger(ctx: Context, ports: FederationPorts, body: Buffer): Promise<boolean> {
  const activity = readIfActivity(body)
  if (!activity || (activity.type !== 'Delete' && activity.type !== 'Update')) return false
  return activity.objectId === activity.actor && (await ports.findOwner(ctx, activity.actor)) === undefined
}

/** A body that is no activity is for the checks after this one to refuse. */
function readIfActivity(body: Buffer): Activity | undefined {
  try {
    return readActivity(parseDocument(body))
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Not understood, not allowed, or about nothing here: dropped without a word, since the sender has its answer already. */
const QUIET = new Set([
  'notFound',
  'forbidden',
  'invalid',
  'badRequest',
  'conflict',
  'gone',
  'unauthorized',
  'tooLarge',
])

/** The job behind the inbox: prepare outside, judge, handle inside one transaction. */
export function makeReceive(ports: () => FederationPorts): JobKind<Arrived> {
  return defineJob<Arrived>({
    name: 'federation.receive',
    maxAttempts: 6,
    orderingKey: ({ key }) => key,
    run: async (ctx, { inboundId }) => {
      const row = await ctx.db
        .selectFrom('inbound_activities')
        .select(['actor_uri', 'body'])
        .where('id', '=', inboundId)
        .executeTakeFirst()
      if (!row) return
      const activity = readActivity(parseDocument(row.body))
      await handleActivity(ctx, ports(), activity, row.actor_uri)
    },
  })
}

export async function handleActivity(
  ctx: Context,
  ports: FederationPorts,
  activity: Activity,
  signedBy: string,
): Promise<void> {
  const handler = ports.handlers.get(activity.type)
  if (!handler) return
  const hosts = [hostOf(activity.actor), activity.objectId ? hostOf(activity.objectId) : undefined].filter(
    (host) => host !== undefined,
  )
  if ((await ports.findSuspendedHosts(ctx, hosts)).size > 0) return
  const objectOwner = activity.objectId ? await ports.findOwner(ctx, activity.objectId) : undefined
  const known = {
    ...(objectOwner ? { objectOwner } : {}),
    ...(activity.claim.target ? { actorCollections: await ports.findCollections(ctx, activity.actor) } : {}),
  }
  const verdict = judge(activity.claim, { by: 'key', actor: signedBy }, known)
  if (verdict !== 'allow') {
    ctx.log.info('an activity was refused', { type: activity.type, actor: activity.actor, because: verdict.refuse })
    return
  }
  try {
    await handler.prepare?.(ctx, activity)
    await transact(ctx, (tx) => handler.handle(tx, activity))
  } catch (error) {
    if (!(error instanceof Refusal) || !QUIET.has(error.reason)) throw error
    ctx.log.info('an activity was dropped', { type: activity.type, actor: activity.actor, because: error.message })
  }
}
