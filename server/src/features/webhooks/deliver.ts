import { createHmac } from 'node:crypto'
import { fillTemplate } from '@hamlet/contract/webhook-grammar'
import { makeId, type Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { presentObject } from './present.ts'
import { findHook, type HookRow } from './store.ts'
import { secretOf } from './write.ts'

/** mastodon-features, webhooks: tried so often, with ever longer rests. */
const MOST_ATTEMPTS = 16
const TIMEOUT_MS = 10_000
/** Nobody reads what a webhook answers. */
const ANSWER_BYTES = 4_096
const GONE = 410

/** `status` is what was answered; null when nobody did, and then `problem` says why. */
export type Outcome = { isFine: boolean; status: number | null; problem: string | null }
type Message = { event: string; created_at: string; object: unknown }

/** Sends a webhook one message now. No failure of the other side is one of ours: it is what this gives. */
export async function sendHook(ctx: Context, hook: HookRow, message: Message): Promise<Outcome> {
  const text = hook.template === null ? JSON.stringify(message) : fillTemplate(hook.template, message)
  const body = Buffer.from(text)
  const signature = createHmac('sha256', secretOf(ctx, hook)).update(body).digest('hex')
  try {
    const { status } = await ctx.net.request(hook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature': `sha256=${signature}` },
      body,
      maxBytes: ANSWER_BYTES,
      mayCut: true,
      timeoutMs: TIMEOUT_MS,
      keepsRedirect: true,
    })
    const isFine = status >= 200 && status < 300
    return { isFine, status, problem: isFine ? null : `It answered ${status}.` }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { isFine: false, status: null, problem: `${error.message}.` }
  }
}

type Payload = { deliveryId: Id; objectId: Id }

/**
 * Tells one webhook of one event, as things are then: what is gone meanwhile is told nobody. It is tried again when it
 * fails; whoever answers that they are gone (410) is not told anything more.
 */
export const deliverHook = defineJob<Payload>({
  name: 'webhooks.deliver',
  class: 'delivery',
  maxAttempts: MOST_ATTEMPTS,
  run: async (ctx, { deliveryId, objectId }) => {
    const row = await ctx.db
      .selectFrom('webhook_deliveries')
      .select(['webhook_id', 'event', 'state', 'attempts', 'created_at'])
      .where('id', '=', deliveryId)
      .executeTakeFirst()
    const hook = row && (await findHook(ctx, row.webhook_id))
    if (!hook || row.state !== 'waiting') return
    const object = hook.is_enabled ? await presentObject(ctx, row.event, objectId) : undefined
    if (object === undefined) return settle(ctx, deliveryId, { state: 'dropped' })
    const outcome = await sendHook(ctx, hook, { event: row.event, created_at: row.created_at, object })
    const attempts = row.attempts + 1
    const { status, problem } = outcome
    const isOver = outcome.isFine || status === GONE || attempts >= MOST_ATTEMPTS
    const state = outcome.isFine ? 'delivered' : isOver ? 'failed' : 'waiting'
    await settle(ctx, deliveryId, { state, attempts, status, problem, tried_at: ctx.clock.now().toISOString() })
    if (status === GONE) await switchOff(ctx, hook.id)
    if (!isOver) throw new Error(problem ?? 'It was not taken')
  },
})

type Change = {
  state: string
  attempts?: number
  status?: number | null
  problem?: string | null
  tried_at?: string
}

async function settle({ db }: Context, id: Id, change: Change): Promise<void> {
  await db.updateTable('webhook_deliveries').set(change).where('id', '=', id).execute()
}

async function switchOff({ db }: Context, id: Id): Promise<void> {
  const off = { is_enabled: false, problem: 'It answered that it is gone (410).' }
  await db.updateTable('webhooks').set(off).where('id', '=', id).where('is_enabled', '=', true).execute()
}

/** Sends a message that means nothing, switched on or not, and writes down how it fared. */
export async function testHook(ctx: Context, hook: HookRow): Promise<Outcome> {
  const now = ctx.clock.now()
  const created_at = now.toISOString()
  const outcome = await sendHook(ctx, hook, { event: 'test', created_at, object: {} })
  const { isFine, status, problem } = outcome
  await transact(ctx, async (tx) => {
    // It may have been deleted while it was asked.
    const still = await tx.db
      .selectFrom('webhooks')
      .select('id')
      .where('id', '=', hook.id)
      .forShare()
      .executeTakeFirst()
    if (!still) return
    const id = makeId(now.getTime())
    await tx.db
      .insertInto('webhook_deliveries')
      .values({
        id,
        webhook_id: hook.id,
        event: 'test',
        key: `test ${id}`,
        state: isFine ? 'delivered' : 'failed',
        attempts: 1,
        status,
        problem,
        created_at,
        tried_at: tx.clock.now().toISOString(),
      })
      .execute()
  })
  return outcome
}
