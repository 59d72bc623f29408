import { Type } from 'typebox'
import { sql } from 'kysely'
import { findAccount } from '#features/accounts'
import { onlyVisible } from '#features/visibility'
import { ACTIVITY_JSON } from '#federation'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'
import { findNoteParts, NOTE_CONTEXT, renderCreate, renderNote } from '../note.ts'

const Document = Type.Object({})
const CACHED = 'public, max-age=60'

/** A post of ours that everybody may read, as other servers read it; anything else is "not found". */
async function requireOpenNote(ctx: Context, accountId: string, statusId: string) {
  const [visible] = await onlyVisible(ctx, null, [statusId])
  const parts = visible && (await findNoteParts(ctx, visible))
  if (!parts || parts.row.reblog_of_id || !parts.row.is_local || parts.author.id !== accountId || parts.author.is_demo)
    throw notFound()
  return { parts, note: await renderNote(ctx, parts) }
}

const params = Type.Object({ id: Type.String(), statusId: Type.String() })

const noteRoute = route({
  method: 'GET',
  path: '/ap/users/:id/statuses/:statusId',
  summary: 'Show a post as other servers read it',
  access: anyone,
  params,
  produces: ACTIVITY_JSON,
  response: Document,
  handle: async ({ ctx, params: { id, statusId }, answer }) => {
    const { note } = await requireOpenNote(ctx, id, statusId)
    answer.header('Cache-Control', CACHED)
    return { '@context': NOTE_CONTEXT, ...note }
  },
})

const activityRoute = route({
  method: 'GET',
  path: '/ap/users/:id/statuses/:statusId/activity',
  summary: 'Show the making of a post as other servers read it',
  access: anyone,
  params,
  produces: ACTIVITY_JSON,
  response: Document,
  handle: async ({ ctx, params: { id, statusId }, answer }) => {
    const { note, parts } = await requireOpenNote(ctx, id, statusId)
    answer.header('Cache-Control', CACHED)
    return { '@context': NOTE_CONTEXT, ...renderCreate(note, parts) }
  },
})

const PAGE = 20

async function listOpen(ctx: Context, accountId: Id, maxId: string | undefined): Promise<Id[]> {
  const before = maxId && isId(maxId) ? sql`and s.id < ${maxId}` : sql``
  const found = await sql<{ id: Id }>`
    select s.id from statuses s where s.account_id = ${accountId} and s.reblog_of_id is null and s.visibility in ('public', 'unlisted')
      and s.state = 'live' ${before} order by s.id desc limit ${PAGE}`.execute(ctx.db)
  return found.rows.map((row) => row.id)
}

const outboxRoute = route({
  method: 'GET',
  path: '/ap/users/:id/outbox',
  summary: 'List what an account wrote for everybody, as other servers read it',
  access: anyone,
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({ page: Type.Optional(Type.Boolean()), max_id: Type.Optional(Type.String()) }),
  produces: ACTIVITY_JSON,
  response: Document,
  handle: async ({ ctx, params: { id }, query }) => {
    const row = isId(id) ? await findAccount(ctx, id) : undefined
    if (!row?.is_local || row.suspended_at || row.is_demo) throw notFound()
    const outbox = `${row.uri}/outbox`
    const shell = { '@context': NOTE_CONTEXT, id: outbox, type: 'OrderedCollection', totalItems: row.statuses_count }
    if (!query.page) return { ...shell, first: `${outbox}?page=true` }
    const ids = await listOpen(ctx, row.id, query.max_id)
    const items = await Promise.all(ids.map((statusId) => requireOpenNote(ctx, id, statusId)))
    const last = ids.length === PAGE ? ids.at(-1) : undefined
    return {
      '@context': NOTE_CONTEXT,
      id: `${outbox}?page=true${query.max_id ? `&max_id=${query.max_id}` : ''}`,
      type: 'OrderedCollectionPage',
      partOf: outbox,
      ...(last ? { next: `${outbox}?page=true&max_id=${last}` } : {}),
      orderedItems: items.map(({ note, parts }) => renderCreate(note, parts)),
    }
  },
})

export const documentRoutes = [noteRoute, activityRoute, outboxRoute]
