import { randomBytes } from 'node:crypto'
import { isJsonTemplate, webhookEvents, type WebhookEvent } from '@hamlet/contract/webhook-grammar'
import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { permitUser } from '#features/users'
import { makeId, type Id } from '#lib/id'
import { invalid, Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { lockHook, type HookRow } from './store.ts'

export type HookWish = { url: string; events: readonly WebhookEvent[]; template?: string | null | undefined }
/** Who of the team does it, with the person whose role must allow what the webhook is told of. */
export type Actor = { accountId: Id; userId: Id }

const MOST = 20
const SECRET_BYTES = 20

/** What a webhook is told goes out of the house: whoever sets one up must be allowed to see all of it. */
export async function requireEvents(ctx: Context, { userId }: Actor, events: readonly string[]): Promise<void> {
  const needed = new Set(events.map((event) => webhookEvents[event as WebhookEvent]))
  for (const permission of needed) if (permission) await permitUser(ctx, userId, permission)
}

/** Refuses addresses that could never be asked, such as those inside a network; each is checked again on the way. */
function readWish(ctx: Context, { url, events, template }: HookWish) {
  if (events.length === 0) throw invalid('Validation failed: Events must be chosen')
  let target: string
  try {
    target = ctx.net.requireTarget(url.trim()).href
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    throw invalid('Validation failed: Url must be an https address that everybody can reach')
  }
  const text = template?.trim() || null
  if (text !== null && !isJsonTemplate(text)) throw invalid('Validation failed: Template does not give JSON')
  return { url: target, events: [...new Set(events)].toSorted(), template: text }
}

export async function createHook(tx: Tx, actor: Actor, wish: HookWish): Promise<Id> {
  await requireEvents(tx, actor, wish.events)
  const values = readWish(tx, wish)
  await sql`lock table webhooks in share row exclusive mode`.execute(tx.db)
  await requireOwnUrl(tx, values.url)
  const { count } = await tx.db
    .selectFrom('webhooks')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST) throw invalid(`Validation failed: There are ${MOST} webhooks already`)
  const now = tx.clock.now()
  const id = makeId(now.getTime())
  const at = now.toISOString()
  await tx.db
    .insertInto('webhooks')
    .values({ id, ...values, secret: makeSecret(tx, id), created_at: at, rotated_at: at })
    .execute()
  await note(tx, actor, 'create', { id, url: values.url })
  return id
}

export async function changeHook(tx: Tx, actor: Actor, id: string, wish: HookWish): Promise<void> {
  await requireEvents(tx, actor, wish.events)
  const values = readWish(tx, wish)
  const before = await lockHook(tx, id)
  await requireEvents(tx, actor, before.events)
  await requireOwnUrl(tx, values.url, before.id)
  const isSame =
    before.url === values.url &&
    before.template === values.template &&
    before.events.toSorted().join() === values.events.join()
  if (isSame) return
  await tx.db.updateTable('webhooks').set(values).where('id', '=', before.id).execute()
  await note(tx, actor, 'change', { id: before.id, url: values.url })
}

export async function switchHook(tx: Tx, actor: Actor, id: string, isEnabled: boolean): Promise<void> {
  const row = await lockHook(tx, id)
  if (isEnabled) await requireEvents(tx, actor, row.events)
  if (row.is_enabled === isEnabled) return
  await tx.db.updateTable('webhooks').set({ is_enabled: isEnabled, problem: null }).where('id', '=', row.id).execute()
  await note(tx, actor, isEnabled ? 'enable' : 'disable', row)
}

/** A new secret in place of the one that was made then; pressed twice it is one. */
export async function rotateSecret(tx: Tx, actor: Actor, id: string, rotatedAt: string): Promise<void> {
  const row = await lockHook(tx, id)
  await requireEvents(tx, actor, row.events)
  if (row.rotated_at !== rotatedAt) throw new Refusal('conflict', 'There is a new secret already.')
  const rotated_at = tx.clock.now().toISOString()
  if (rotated_at === rotatedAt) throw new Refusal('conflict', 'There is a new secret already.')
  await tx.db
    .updateTable('webhooks')
    .set({ secret: makeSecret(tx, row.id), rotated_at })
    .where('id', '=', row.id)
    .execute()
  await note(tx, actor, 'rotate', row)
}

/** With all that is known of what it was told. */
export async function deleteHook(tx: Tx, actor: Actor, id: string): Promise<void> {
  const row = await lockHook(tx, id)
  await tx.db.deleteFrom('webhooks').where('id', '=', row.id).execute()
  await note(tx, actor, 'delete', row)
}

export const secretOf = (ctx: Context, { id, secret }: Pick<HookRow, 'id' | 'secret'>): string =>
  ctx.seal.open(secret, `webhook:${id}`)

function makeSecret(ctx: Context, id: Id): string {
  return ctx.seal.seal(randomBytes(SECRET_BYTES).toString('hex'), `webhook:${id}`)
}

async function requireOwnUrl(tx: Tx, url: string, own?: Id): Promise<void> {
  const other = await tx.db.selectFrom('webhooks').select('id').where('url', '=', url).executeTakeFirst()
  if (other && other.id !== own) throw invalid('Validation failed: Url is that of another webhook')
}

type HookAct = 'create' | 'change' | 'enable' | 'disable' | 'rotate' | 'delete'

async function note(tx: Tx, { accountId }: Actor, act: HookAct, { id, url }: { id: Id; url: string }): Promise<void> {
  const action = `webhook.${act}` as const
  await writeAudit(tx, { actorId: accountId, action, targetType: 'webhook', targetId: id, label: new URL(url).host })
}
