import { sql } from 'kysely'
import { Type } from 'typebox'
import { findAccount } from '#features/accounts'
import { onlyVisible, visibleTo } from '#features/visibility'
import { ACTIVITY_JSON } from '#federation'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'
import { repliesAddress } from '../note.ts'
import { findStatus } from '../store.ts'

const PAGE = 60
type Entry = { id: Id; uri: string }

/** The posts of a thread that everybody may read, in the order in which they were written. */
async function listOpen(ctx: Context, conversationId: Id, afterId: Id): Promise<Entry[]> {
  const found = await sql<Entry>`
    select s.id, s.uri from statuses s
    where s.conversation_id = ${conversationId} and s.id > ${afterId}::bigint and s.visibility in ('public', 'unlisted') and ${visibleTo(null)}
      and not exists (select 1 from set_aside_replies e where e.status_id = s.id)
    order by s.id limit ${PAGE}`.execute(ctx.db)
  return found.rows
}

/** Who began the thread, unless nobody may know that they did. */
async function findStarter(ctx: Context, conversationId: Id): Promise<string | undefined> {
  const root = await findStatus(ctx, conversationId)
  const isOpen = root?.visibility === 'public' || root?.visibility === 'unlisted'
  return root && isOpen ? (await findAccount(ctx, root.account_id))?.uri : undefined
}

const SHELL = { '@context': 'https://www.w3.org/ns/activitystreams' }

function renderPage(address: string, after: Id, entries: readonly Entry[]) {
  const last = entries.length === PAGE ? entries.at(-1) : undefined
  return {
    id: `${address}?page=true${after === '0' ? '' : `&min_id=${after}`}`,
    type: 'CollectionPage',
    partOf: address,
    ...(last ? { next: `${address}?page=true&min_id=${last.id}` } : {}),
    items: entries.map((entry) => entry.uri),
  }
}

/** A thread that began here, as other servers read it: they find what they lack (FEP-7888). A closed thread is not found. */
const contextRoute = route({
  method: 'GET',
  path: '/ap/contexts/:id',
  summary: 'List the open posts of a thread as other servers read it',
  access: anyone,
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({ page: Type.Optional(Type.Boolean()), min_id: Type.Optional(Type.String()) }),
  produces: ACTIVITY_JSON,
  response: Type.Object({}),
  handle: async ({ ctx, params: { id }, query, answer }) => {
    const address = `${ctx.config.url}/ap/contexts/${id}`
    const after = isId(query.min_id) ? query.min_id : '0'
    const entries = isId(id) ? await listOpen(ctx, id, after) : []
    if (entries.length === 0 && after === '0') throw notFound()
    const page = renderPage(address, after, entries)
    answer.header('Cache-Control', 'public, max-age=60')
    if (query.page) return { ...SHELL, ...page }
    const starter = await findStarter(ctx, id)
    return { ...SHELL, id: address, type: 'Collection', ...(starter ? { attributedTo: starter } : {}), first: page }
  },
})

async function listReplies(ctx: Context, statusId: Id, afterId: Id): Promise<Entry[]> {
  const found = await sql<Entry>`
    select s.id, s.uri from statuses s
    where s.in_reply_to_id = ${statusId} and s.id > ${afterId}::bigint and s.visibility in ('public', 'unlisted') and ${visibleTo(null)}
      and not exists (select 1 from set_aside_replies e where e.status_id = s.id)
    order by s.id limit ${PAGE}`.execute(ctx.db)
  return found.rows
}

/** The open replies to an open post of ours, wherever they were written: other servers find what they lack (FEP-7458). */
const repliesRoute = route({
  method: 'GET',
  path: '/ap/users/:id/statuses/:statusId/replies',
  summary: 'List the open replies to a post as other servers read it',
  access: anyone,
  params: Type.Object({ id: Type.String(), statusId: Type.String() }),
  query: Type.Object({ page: Type.Optional(Type.Boolean()), min_id: Type.Optional(Type.String()) }),
  produces: ACTIVITY_JSON,
  response: Type.Object({}),
  handle: async ({ ctx, params: { id, statusId }, query, answer }) => {
    const [visible] = await onlyVisible(ctx, null, [statusId])
    const row = visible ? await findStatus(ctx, visible) : undefined
    if (!row?.is_local || row.account_id !== id || row.reblog_of_id) throw notFound()
    const address = repliesAddress(row.uri)
    const after = isId(query.min_id) ? query.min_id : '0'
    const entries = await listReplies(ctx, row.id, after)
    answer.header('Cache-Control', 'public, max-age=60')
    const page = renderPage(address, after, entries)
    if (query.page) return { ...SHELL, ...page }
    return { ...SHELL, id: address, type: 'Collection', first: page }
  },
})

export const contextRoutes = [contextRoute, repliesRoute]
