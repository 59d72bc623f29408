import { sql } from 'kysely'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'

const columns = [
  'id',
  'url',
  'events',
  'secret',
  'template',
  'is_enabled',
  'problem',
  'created_at',
  'rotated_at',
] as const

export type HookRow = NonNullable<Awaited<ReturnType<typeof findHook>>>
export type DeliveryRow = Awaited<ReturnType<typeof listDeliveries>>[number]

export async function findHook({ db }: Pick<Context, 'db'>, id: Id) {
  return db.selectFrom('webhooks').select(columns).where('id', '=', id).executeTakeFirst()
}

/** Nobody else changes it until this transaction ends. Refuses (404) what is not there. */
export async function lockHook(tx: Tx, id: string): Promise<HookRow> {
  const row = isId(id)
    ? await tx.db.selectFrom('webhooks').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
    : undefined
  if (!row) throw notFound()
  return row
}

/** All of them, with how the last thing fared that each was told. One query. */
export async function listHooks({ db }: Pick<Context, 'db'>, id?: Id) {
  const rows = db
    .selectFrom('webhooks')
    .select(columns)
    .select(
      sql<{ state: string; created_at: string; waiting: number } | null>`(
        select json_build_object('state', d.state, 'created_at', to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'waiting', (select count(*)::int from webhook_deliveries w where w.webhook_id = webhooks.id and w.state = 'waiting'))
        from webhook_deliveries d where d.webhook_id = webhooks.id order by d.id desc limit 1)`.as('last'),
    )
    .orderBy('id')
  return (id === undefined ? rows : rows.where('id', '=', id)).execute()
}

export type HookWithLast = Awaited<ReturnType<typeof listHooks>>[number]

/** What one was told of, the newest first. One query. */
export async function listDeliveries({ db }: Pick<Context, 'db'>, hookId: Id, page: PageRequest) {
  const rows = await db
    .selectFrom('webhook_deliveries')
    .select(['id', 'event', 'state', 'attempts', 'status', 'problem', 'created_at', 'tried_at'])
    .where('webhook_id', '=', hookId)
    .where(pageBounds(sql.ref('id'), page))
    .orderBy('id', pageOrder(page))
    .limit(page.limit)
    .execute()
  return page.minId === undefined ? rows : rows.toReversed()
}
