import { sql } from 'kysely'
import { Type } from 'typebox'
import { findAccount } from '#features/accounts'
import { visibleTo } from '#features/visibility'
import { ACTIVITY_JSON } from '#federation'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'
import { findStatus } from '../store.ts'

const PAGE = 60
type Entry = { id: Id; uri: string }

/** The posts of a thread that everybody may read, in the order in which they were written. */
async function listOpen(ctx: Context, conversationId: Id, afterId: Id): Promise<Entry[]> {
  const found = await sql<Entry>`
    select s.id, s.uri from statuses s
    where s.conversation_id = ${conversationId} and s.id > ${afterId}::bigint and s.visibility in ('public', 'unlisted') and ${visibleTo(null)}
    order by s.id limit ${PAGE}`.execute(ctx.db)
  return found.rows
}

/** Who began the thread, unless nobody may know that they did. */
async function findStarter(ctx: Context, conversationId: Id): Promise<string | undefined> {
  const root = await findStatus(ctx, conversationId)
  const isOpen = root?.visibility === 'public' || root?.visibility === 'unlisted'
  return root && isOpen ? (await findAccount(ctx, root.account_id))?.uri : undefined
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
    const last = entries.length === PAGE ? entries.at(-1) : undefined
    const page = {
      id: `${address}?page=true${after === '0' ? '' : `&min_id=${after}`}`,
      type: 'CollectionPage',
      partOf: address,
      ...(last ? { next: `${address}?page=true&min_id=${last.id}` } : {}),
      items: entries.map((entry) => entry.uri),
    }
    answer.header('Cache-Control', 'public, max-age=60')
    const shell = { '@context': 'https://www.w3.org/ns/activitystreams' }
    if (query.page) return { ...shell, ...page }
    const starter = await findStarter(ctx, id)
    return { ...shell, id: address, type: 'Collection', ...(starter ? { attributedTo: starter } : {}), first: page }
  },
})

export const contextRoutes = [contextRoute]
