import { Webhook, WebhookDelivery, WebhookEventName } from '@hamlet/contract/webhook'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors } from '#platform/http'
import { testHook } from '../deliver.ts'
import { presentDelivery, presentHook } from '../present.ts'
import { findHook, listDeliveries, listHooks } from '../store.ts'
import { changeHook, createHook, deleteHook, requireEvents, rotateSecret, switchHook, type Actor } from '../write.ts'

const PATH = '/api/web/admin/webhooks'
const OneId = Type.Object({ id: Type.String() })
/** Webhooks have no scope of their own in Mastodon's list: the widest is needed. Their secrets are shown, too. */
const mayRead = team('admin:read', 'manage_webhooks')
const mayWrite = team('admin:write', 'manage_webhooks')
const Wish = Type.Object({
  url: Type.String({ maxLength: 2_000 }),
  events: Type.Array(WebhookEventName, { maxItems: 20 }),
  template: Type.Optional(Type.Union([Type.String({ maxLength: 10_000 }), Type.Null()])),
})

async function requireHook(ctx: Context, id: string) {
  const row = isId(id) ? await findHook(ctx, id) : undefined
  if (!row) throw notFound()
  return row
}

async function answerWith(ctx: Context, id: string): Promise<Webhook> {
  const [row] = isId(id) ? await listHooks(ctx, id) : []
  if (!row) throw notFound()
  return presentHook(ctx, row)
}

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List webhooks with their secrets, and how the last delivery fared',
  access: mayRead,
  response: Type.Array(Webhook),
  handle: async ({ ctx }) => (await listHooks(ctx)).map((row) => presentHook(ctx, row)),
})

const createRoute = route({
  method: 'POST',
  path: PATH,
  summary: 'Have an address told of events',
  access: mayWrite,
  body: Wish,
  response: Webhook,
  handle: async ({ ctx, viewer, body }) => answerWith(ctx, await transact(ctx, (tx) => createHook(tx, viewer, body))),
})

const changeRoute = route({
  method: 'PUT',
  path: `${PATH}/:id`,
  summary: 'Change where a webhook leads, what it is told of, and how',
  access: mayWrite,
  params: OneId,
  body: Wish,
  response: Webhook,
  handle: async ({ ctx, viewer, params, body }) => {
    await requireHook(ctx, params.id)
    await transact(ctx, (tx) => changeHook(tx, viewer, params.id, body))
    return answerWith(ctx, params.id)
  },
})

type Act = (tx: Tx, actor: Actor, id: string) => Promise<void>

const actRoute = (verb: string, summary: string, act: Act) =>
  route({
    method: 'POST',
    path: `${PATH}/:id/${verb}`,
    summary,
    access: mayWrite,
    params: OneId,
    response: Webhook,
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, (tx) => act(tx, viewer, params.id))
      return answerWith(ctx, params.id)
    },
  })

const rotateRoute = route({
  method: 'POST',
  path: `${PATH}/:id/rotate`,
  summary: 'Make a new secret in place of the one that was made at `rotated_at`',
  access: mayWrite,
  params: OneId,
  body: Type.Object({ rotated_at: Type.String({ maxLength: 40 }) }),
  response: Webhook,
  handle: async ({ ctx, viewer, params, body }) => {
    await transact(ctx, (tx) => rotateSecret(tx, viewer, params.id, body.rotated_at))
    return answerWith(ctx, params.id)
  },
})

const testRoute = route({
  method: 'POST',
  path: `${PATH}/:id/test`,
  summary: 'Send a webhook a message that means nothing, now',
  access: mayWrite,
  params: OneId,
  response: Type.Object({
    delivered: Type.Boolean(),
    status: Type.Union([Type.Integer(), Type.Null()]),
    problem: Type.Union([Type.String(), Type.Null()]),
  }),
  limit: { family: 'webhook-tests', max: 30, windowMs: 3_600_000 },
  handle: async ({ ctx, viewer, params }) => {
    const row = await requireHook(ctx, params.id)
    await requireEvents(ctx, viewer, row.events)
    const { isFine, status, problem } = await testHook(ctx, row)
    return { delivered: isFine, status, problem }
  },
})

const deleteRoute = route({
  method: 'DELETE',
  path: `${PATH}/:id`,
  summary: 'Delete a webhook with all that is known of its deliveries',
  access: mayWrite,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => deleteHook(tx, viewer, params.id))
    return {}
  },
})

const USUAL = 40

const deliveriesRoute = route({
  method: 'GET',
  path: `${PATH}/:id/deliveries`,
  summary: 'List what a webhook was told of in the last week, and how it fared',
  access: mayRead,
  params: OneId,
  query: Type.Object({
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
    min_id: Type.Optional(Type.String()),
    limit: Type.Optional(Type.Integer()),
  }),
  response: Type.Array(WebhookDelivery),
  handle: async ({ ctx, params, query, target, answer }) => {
    const { id } = await requireHook(ctx, params.id)
    const page = readPage(query, USUAL)
    const rows = await listDeliveries(ctx, id, page)
    linkPages(
      answer,
      ctx.config.url,
      target,
      rowCursors(
        rows.map((row) => row.id),
        page.limit,
      ),
    )
    return rows.map(presentDelivery)
  },
})

export const teamRoutes = [
  listRoute,
  createRoute,
  changeRoute,
  actRoute('enable', 'Tell a webhook of what happens from now on', (tx, actor, id) => switchHook(tx, actor, id, true)),
  actRoute('disable', 'Tell a webhook nothing more', (tx, actor, id) => switchHook(tx, actor, id, false)),
  rotateRoute,
  testRoute,
  deleteRoute,
  deliveriesRoute,
]
