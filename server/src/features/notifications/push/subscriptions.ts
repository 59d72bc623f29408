import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { failureKind } from '#platform/net'
import { readPushKeys } from '#platform/push'
import { sealToken } from './seal-token.ts'

/** Whose subscription it is: that of an app's token, or that of a browser in which somebody is signed in. */
export type Owner = { accountId: Id; tokenId: Id | null; sessionId: Id | null }
export type Wishes = { alerts: Record<string, boolean>; policy: string }
export type NewSubscription = Wishes & {
  endpoint: string
  keys: { p256dh: string; auth: string }
  standard: boolean
  /** The app's own token, which its pushes name. */
  token: string | undefined
  /** BCP 47; undefined where the person's own language counts. */
  language: string | undefined
}

export type SubscriptionRow = {
  id: string
  account_id: Id
  session_id: Id | null
  endpoint: string
  p256dh: string
  auth: string
  standard: boolean
  alerts: Record<string, boolean>
  policy: string
  locale: string
  sealed_token: Buffer | null
}

const columns = sql`p.id, p.account_id, p.session_id, p.endpoint, p.p256dh, p.auth, p.standard, p.alerts, p.policy, p.locale, p.sealed_token`

const owned = ({ tokenId, sessionId }: Owner) =>
  sql`(p.token_id = ${tokenId}::bigint or p.session_id = ${sessionId}::bigint)`

/** Subscribes an app or a browser; what it had before is replaced. */
export async function subscribe(tx: Tx, owner: Owner, wanted: NewSubscription): Promise<SubscriptionRow> {
  const endpoint = requireEndpoint(tx, wanted.endpoint)
  const keys = readPushKeys(wanted.keys)
  if (!keys) throw invalid('Validation failed: Keys must be a P-256 point (p256dh) and 16 bytes (auth), in base64url')
  const now = tx.clock.now().toISOString()
  const sealed = wanted.token === undefined ? null : sealToken(tx, wanted.token)
  const target = owner.tokenId === null ? sql`session_id` : sql`token_id`
  const row = await sql<SubscriptionRow>`
    insert into push_subscriptions as p
      (account_id, token_id, session_id, endpoint, p256dh, auth, standard, alerts, policy, locale, sealed_token, created_at, updated_at)
    values (${owner.accountId}, ${owner.tokenId}, ${owner.sessionId}, ${endpoint}, ${keys.p256dh}, ${keys.auth}, ${wanted.standard},
      ${JSON.stringify(wanted.alerts)}::jsonb, ${wanted.policy}, coalesce(${wanted.language ?? null}, (
        select u.locale from user_accounts ua join users u on u.id = ua.user_id
        where ua.account_id = ${owner.accountId} order by ua.created_at limit 1), 'en'), ${sealed}, ${now}, ${now})
    on conflict (${target}) do update set endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth,
      standard = excluded.standard, alerts = excluded.alerts, policy = excluded.policy, locale = excluded.locale,
      sealed_token = excluded.sealed_token, updated_at = excluded.updated_at
    returning ${columns}`.execute(tx.db)
  return row.rows[0] as SubscriptionRow
}

function requireEndpoint(ctx: Context, endpoint: string): string {
  try {
    return ctx.net.requireTarget(endpoint).href
  } catch (error) {
    if (failureKind(error) === undefined) throw error
    throw invalid('Validation failed: Endpoint must be a public https address')
  }
}

export async function requireSubscription(ctx: Context, owner: Owner): Promise<SubscriptionRow> {
  const found = await sql<SubscriptionRow>`select ${columns} from push_subscriptions p where ${owned(owner)}`.execute(
    ctx.db,
  )
  const row = found.rows[0]
  if (!row) throw notFound()
  return row
}

/** Changes what is pushed; what is not named stays. */
export async function updateWishes(tx: Tx, owner: Owner, wishes: Partial<Wishes>): Promise<SubscriptionRow> {
  const alerts = wishes.alerts === undefined ? null : JSON.stringify(wishes.alerts)
  const found = await sql<SubscriptionRow>`
    update push_subscriptions p set alerts = coalesce(${alerts}::jsonb, p.alerts), policy = coalesce(${wishes.policy ?? null}, p.policy),
      updated_at = ${tx.clock.now().toISOString()}
    where ${owned(owner)} returning ${columns}`.execute(tx.db)
  const row = found.rows[0]
  if (!row) throw notFound()
  return row
}

export async function unsubscribe(tx: Tx, owner: Owner): Promise<void> {
  await sql`delete from push_subscriptions p where ${owned(owner)}`.execute(tx.db)
}

/** A subscription that its push service has ended; one that was made anew meanwhile stays. */
export async function forgetEnded(ctx: Context, { id, endpoint }: SubscriptionRow): Promise<void> {
  await ctx.db.deleteFrom('push_subscriptions').where('id', '=', id).where('endpoint', '=', endpoint).execute()
}

/**
 * True in SQL for subscriptions (joined as `p`) behind which somebody is still signed in and may act. A push to
 * whoever signed out would tell a stranger what is private.
 */
export const isAlive = sql`(exists (
    select 1 from oauth_tokens t join users u on u.id = t.user_id
      where t.id = p.token_id and t.revoked_at is null and u.disabled_at is null
    union all select 1 from sessions s join users u on u.id = s.user_id where s.id = p.session_id and u.disabled_at is null)
  and exists (select 1 from accounts a where a.id = p.account_id and a.suspended_at is null and a.moved_to_account_id is null))`

/** So many apps and browsers of one person are woken, the latest first. */
const MOST_WOKEN = 50

/** Which subscriptions of a person want to hear of a kind. */
export async function listWoken(ctx: Context, accountId: Id, kind: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select p.id from push_subscriptions p
    where p.account_id = ${accountId} and (p.alerts ->> ${kind}) = 'true' and p.policy <> 'none' and ${isAlive}
    order by p.updated_at desc limit ${MOST_WOKEN}`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}

/** A subscription as it stands when its push leaves. */
export async function findAlive(ctx: Context, id: string): Promise<SubscriptionRow | undefined> {
  const found =
    await sql<SubscriptionRow>`select ${columns} from push_subscriptions p where p.id = ${id} and ${isAlive}`.execute(
      ctx.db,
    )
  return found.rows[0]
}
