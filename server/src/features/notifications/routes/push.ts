import { alertTypes, pushPolicies, WebPushSubscription } from '@hamlet/contract/push'
import { Type, type Static } from 'typebox'
import { readLanguage } from '#lib/language'
import { transact } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { readBearer, route, user, type UserViewer } from '#platform/http'
import { presentSubscription } from '../present/present-push.ts'
import { pushTest } from '../push/jobs.ts'
import {
  requireSubscription,
  subscribe,
  unsubscribe,
  updateWishes,
  type Owner,
  type Wishes,
} from '../push/subscriptions.ts'
import { Nothing } from './lists.ts'

const pushes = user('push')
const PATH = '/api/v1/push/subscription'

const Data = Type.Object({
  alerts: Type.Optional(
    Type.Object(Object.fromEntries(alertTypes.map((type) => [type, Type.Optional(Type.Boolean())] as const))),
  ),
  policy: Type.Optional(Type.Unsafe<string>({ type: 'string', enum: [...pushPolicies] })),
})
const Subscribing = Type.Object({
  subscription: Type.Object({
    endpoint: Type.String({ maxLength: 2000 }),
    keys: Type.Object({ p256dh: Type.String({ maxLength: 200 }), auth: Type.String({ maxLength: 100 }) }),
    standard: Type.Optional(Type.Boolean()),
  }),
  data: Type.Optional(Data),
})

const ownerOf = ({ accountId, tokenId, sessionId }: UserViewer): Owner => ({ accountId, tokenId, sessionId })

/** Types that nobody knows are passed over. */
function readWishes({ alerts, policy }: Static<typeof Data>): Partial<Wishes> {
  const known = alerts && Object.fromEntries(alertTypes.map((type) => [type, alerts[type] ?? false]))
  return { ...(known ? { alerts: known } : {}), ...(policy === undefined ? {} : { policy }) }
}

/** A browser is spoken to as its pages speak: by the first language that it asks for. */
function languageOf(viewer: UserViewer, header: string | string[] | undefined): string | undefined {
  return viewer.sessionId === null ? undefined : readLanguage(String(header ?? '').split(/[,;]/)[0] ?? '')
}

const subscribeRoute = route({
  method: 'POST',
  path: PATH,
  summary: 'Let this app or browser be woken for notifications',
  access: pushes,
  body: Subscribing,
  response: WebPushSubscription,
  handle: async ({ ctx, viewer, body, query, headers }) => {
    const { endpoint, keys, standard = false } = body.subscription
    const wanted = {
      endpoint,
      keys,
      standard,
      alerts: {},
      policy: 'all',
      ...readWishes(body.data ?? {}),
      token: readBearer(headers.authorization?.toString(), query, body),
      language: languageOf(viewer, headers['accept-language']),
    }
    const row = await transact(ctx, (tx) => subscribe(tx, ownerOf(viewer), wanted))
    return presentSubscription(ctx, row)
  },
})

const showRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'Show what this app or browser is woken for',
  access: pushes,
  response: WebPushSubscription,
  handle: async ({ ctx, viewer }) => presentSubscription(ctx, await requireSubscription(ctx, ownerOf(viewer))),
})

function changeRoute(method: 'PUT' | 'PATCH') {
  return route({
    method,
    path: PATH,
    summary: 'Change what this app or browser is woken for',
    access: pushes,
    body: Type.Object({ data: Type.Optional(Data) }),
    response: WebPushSubscription,
    handle: async ({ ctx, viewer, body }) => {
      const row = await transact(ctx, (tx) => updateWishes(tx, ownerOf(viewer), readWishes(body.data ?? {})))
      return presentSubscription(ctx, row)
    },
  })
}

const unsubscribeRoute = route({
  method: 'DELETE',
  path: PATH,
  summary: 'Wake this app or browser no more',
  access: pushes,
  response: Nothing,
  handle: async ({ ctx, viewer }) => {
    await transact(ctx, (tx) => unsubscribe(tx, ownerOf(viewer)))
    return {}
  },
})

const testRoute = route({
  method: 'POST',
  path: '/api/hamlet/v1/push/test',
  summary: 'Send this app or browser a push, to see whether pushes arrive',
  access: pushes,
  response: Nothing,
  limit: { family: 'push-test', max: 10, windowMs: 10 * 60_000 },
  handle: async ({ ctx, viewer }) => {
    const { id } = await requireSubscription(ctx, ownerOf(viewer))
    await transact(ctx, (tx) => enqueue(tx, pushTest, { subscriptionId: id }))
    return {}
  },
})

export const pushRoutes = [
  subscribeRoute,
  showRoute,
  changeRoute('PUT'),
  changeRoute('PATCH'),
  unsubscribeRoute,
  testRoute,
]
