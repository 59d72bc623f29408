import { Bulk, Queue, QueueItem } from '@hamlet/contract/moderation'
import { Type, type Static } from 'typebox'
import { team } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'
import { assignMany } from '../cases/bulk/assign-many.ts'
import { resolveSelection, startBulk } from '../cases/bulk/start-bulk.ts'
import { categories, holders, origins, type QueueFilter } from '../cases/queue/grouped.ts'
import { removeView, saveView } from '../cases/queue/views.ts'
import { decisions } from '../decisions.ts'
import { presentBulk, presentGroup, presentQueue } from '../present/queue.ts'

const mayRead = team('admin:read:reports', 'manage_reports')
const mayWrite = team('admin:write:reports', 'manage_reports')
const PAGE = 30
const GROUP_PAGE = 50
const oneOf = <T extends string>(words: readonly T[]) =>
  Type.Optional(Type.Union(words.map((word) => Type.Literal(word))))

const Filters = {
  category: oneOf(categories),
  origin: oneOf(origins),
  host: Type.Optional(Type.String({ maxLength: 300 })),
  holder: oneOf(holders),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
}
type Filters = Static<typeof FilterSet>
const FilterSet = Type.Object(Filters)

const readFilter = ({ category, origin, host, holder, level }: Filters): QueueFilter => ({
  category,
  origin,
  host: host?.trim() === '' ? undefined : host,
  holder,
  level,
})

const queueRoute = route({
  method: 'GET',
  path: '/api/web/moderation/queue',
  summary: 'List what the moderators have to decide, what belongs together as a group',
  access: mayRead,
  query: Type.Object({ ...Filters, after: Type.Optional(Type.String({ maxLength: 100 })) }),
  response: Queue,
  handle: ({ ctx, viewer, query }) =>
    presentQueue(ctx, { viewerId: viewer.accountId, filter: readFilter(query) }, { limit: PAGE, after: query.after }),
})

const groupRoute = route({
  method: 'GET',
  path: '/api/web/moderation/queue/group',
  summary: 'List everybody of a group of the queue',
  access: mayRead,
  query: Type.Object({
    ...Filters,
    key: Type.String({ maxLength: 400 }),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  }),
  response: Type.Array(Type.Unsafe<QueueItem>(Type.Ref('QueueItem'))),
  handle: ({ ctx, viewer, query }) =>
    presentGroup(
      ctx,
      { viewerId: viewer.accountId, filter: readFilter(query) },
      { key: query.key, limit: GROUP_PAGE, offset: query.offset ?? 0 },
    ),
})

const Selected = {
  accounts: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 1000 })),
  groups: Type.Optional(Type.Array(Type.String({ maxLength: 400 }), { maxItems: 100 })),
  filter: Type.Optional(FilterSet),
  until: Type.String({ maxLength: 40 }),
}
const SelectedSet = Type.Object(Selected)

const readSelection = ({ accounts = [], groups = [], filter = {}, until }: Static<typeof SelectedSet>) => ({
  accountIds: accounts,
  groups,
  filter: readFilter(filter),
  untilId: until,
})

const bulkRoute = route({
  method: 'POST',
  path: '/api/web/moderation/bulk',
  summary: 'Decide about many at once; a job does it, and the same key again is the same decision',
  access: mayWrite,
  body: Type.Object({
    ...Selected,
    key: Type.String({ minLength: 8, maxLength: 64 }),
    decision: Type.Union(decisions.map((decision) => Type.Literal(decision))),
    text: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  response: Bulk,
  handle: async ({ ctx, viewer, body }) => {
    const wish = { pressKey: body.key, decision: body.decision, text: body.text ?? '' }
    const id = await transact(ctx, (tx) => startBulk(tx, viewer, wish, readSelection(body)))
    return presentBulk(ctx, viewer.accountId, id)
  },
})

const bulkStateRoute = route({
  method: 'GET',
  path: '/api/web/moderation/bulk/:id',
  summary: 'Say how far a decision about many has come',
  access: mayRead,
  params: Type.Object({ id: Type.String() }),
  response: Bulk,
  handle: ({ ctx, viewer, params }) => presentBulk(ctx, viewer.accountId, requireId(params.id)),
})

const assignRoute = (name: 'assign' | 'unassign', summary: string) =>
  route({
    method: 'POST',
    path: `/api/web/moderation/queue/${name}`,
    summary,
    access: mayWrite,
    body: SelectedSet,
    response: Type.Object({ accounts: Type.Integer() }),
    handle: ({ ctx, viewer, body }) => assign(ctx, viewer.accountId, body, name === 'assign'),
  })

function assign(ctx: Context, viewerId: Id, body: Static<typeof SelectedSet>, isTaken: boolean) {
  const selection = readSelection(body)
  return transact(ctx, async (tx) => {
    const targets = await resolveSelection(tx, viewerId, selection)
    return { accounts: await assignMany(tx, viewerId, targets, { isTaken, untilId: selection.untilId }) }
  })
}

const saveViewRoute = route({
  method: 'POST',
  path: '/api/web/moderation/views',
  summary: 'Keep filters of the queue under a name; the same name again means the new ones',
  access: mayWrite,
  body: Type.Object({ name: Type.String({ maxLength: 60 }), query: Type.String({ maxLength: 500 }) }),
  response: Type.Object({ id: Type.String() }),
  handle: async ({ ctx, viewer, body }) => ({
    id: await transact(ctx, (tx) => saveView(tx, viewer.accountId, body)),
  }),
})

const removeViewRoute = route({
  method: 'DELETE',
  path: '/api/web/moderation/views/:id',
  summary: 'Forget filters that were kept',
  access: mayWrite,
  params: Type.Object({ id: Type.String() }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, (tx) => removeView(tx, viewer.accountId, params.id))
    return {}
  },
})

function requireId(text: string): Id {
  if (!isId(text)) throw notFound()
  return text
}

export const queueRoutes = [
  queueRoute,
  groupRoute,
  bulkRoute,
  bulkStateRoute,
  assignRoute('assign', 'Take on all that was chosen'),
  assignRoute('unassign', 'Leave all that was chosen to somebody else'),
  saveViewRoute,
  removeViewRoute,
]
