import { DomainDraft, DomainList, draftChanges, ImportOutcome } from '@hamlet/contract/server'
import { Type } from 'typebox'
import { writeAudit } from '#features/audit'
import { addList, fetchList, importList, listDrafts, listLists, readListUrl, removeList } from '#features/domains'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors } from '#platform/http'
import { enqueue } from '#platform/jobs'
import { presentDrafts } from '../present/servers.ts'
import { decideAll, decideOne } from '../servers/lists.ts'

const path = '/api/web/moderation/lists'
const reads = team('admin:read:domain_blocks', 'manage_federation')
const writes = team('admin:write:domain_blocks', 'manage_federation')
const OneId = Type.Object({ id: Type.String() })
const USUAL = 50
/** What fits into a request; longer lists come from an address. */
const MOST_LETTERS = 1_000_000
const change = Type.Optional(Type.Union(draftChanges.map((word) => Type.Literal(word))))

const listRoute = route({
  method: 'GET',
  path,
  summary: 'List the lists of servers that the team reads',
  access: reads,
  response: Type.Array(DomainList),
  handle: ({ ctx }) => listLists(ctx),
})

const outcomeOf = (id: string, { drafts, same, pinned, unread }: Awaited<ReturnType<typeof importList>>) => ({
  id,
  drafts: drafts.length,
  same,
  pinned,
  unread,
})

const addRoute = route({
  method: 'POST',
  path,
  summary: 'Read a list of servers: from a file, or every day from an address',
  access: writes,
  body: Type.Object({
    name: Type.String({ maxLength: 100 }),
    url: Type.Optional(Type.String({ maxLength: 2000 })),
    content: Type.Optional(Type.String({ maxLength: MOST_LETTERS })),
  }),
  response: ImportOutcome,
  handle: ({ ctx, viewer, body: { name, url = '', content = '' } }) =>
    transact(ctx, async (tx) => {
      const address = url.trim() === '' ? null : readListUrl(ctx, url)
      if (address === null && content.trim() === '') throw invalid('Validation failed: A file or an address is needed')
      const id = await addList(tx, viewer.accountId, { name, url: address })
      if (content.trim() !== '') return outcomeOf(id, await importList(tx, id, content))
      await enqueue(tx, fetchList, { listId: id })
      return { id, drafts: 0, same: 0, pinned: 0, unread: 0 }
    }),
})

async function requireList(tx: Tx, id: string) {
  const [list] = isId(id) ? await listLists(tx, id) : []
  if (!list) throw notFound()
  return list
}

const importRoute = route({
  method: 'POST',
  path: `${path}/:id/import`,
  summary: 'Bring a list as it is now, or have it fetched again',
  access: writes,
  params: OneId,
  body: Type.Object({ content: Type.Optional(Type.String({ maxLength: MOST_LETTERS })) }),
  response: ImportOutcome,
  handle: ({ ctx, viewer, params, body: { content = '' } }) =>
    transact(ctx, async (tx) => {
      const { id, name: label, url } = await requireList(tx, params.id)
      const [action, targetType, actorId] = ['domain-list.import', 'domain', viewer.accountId] as const
      await writeAudit(tx, { actorId, action, targetType, targetId: id, label })
      if (content.trim() !== '') return outcomeOf(id, await importList(tx, id, content))
      if (url === null) throw invalid('Validation failed: A file is needed')
      await enqueue(tx, fetchList, { listId: id })
      return { id, drafts: 0, same: 0, pinned: 0, unread: 0 }
    }),
})

const removeRoute = route({
  method: 'DELETE',
  path: `${path}/:id`,
  summary: 'Read a list no more; servers stay as they are treated',
  access: writes,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => removeList(tx, viewer.accountId, params.id))
    return {}
  },
})

const draftsRoute = route({
  method: 'GET',
  path: `${path}/:id/drafts`,
  summary: 'List what a list asks for and nobody has decided',
  access: reads,
  params: OneId,
  query: Type.Object({
    change,
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(DomainDraft),
  handle: async ({ ctx, params, query, answer, target }) => {
    if (!isId(params.id) || (await listLists(ctx, params.id)).length === 0) throw notFound()
    const page = readPage(query, USUAL)
    const rows = await listDrafts(ctx, params.id, { change: query.change, page })
    const ids = rows.map((row) => row.id)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return presentDrafts(ctx, rows)
  },
})

const decideRoute = route({
  method: 'POST',
  path: `${path}/:id/drafts/:draft_id`,
  summary: 'Take a change that a list asks for, or leave it',
  access: writes,
  params: Type.Object({ id: Type.String(), draft_id: Type.String() }),
  body: Type.Object({ accept: Type.Boolean() }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, body }) => {
    if (!isId(params.id) || !isId(params.draft_id)) throw notFound()
    const which = { listId: params.id, draftId: params.draft_id }
    await transact(ctx, (tx) => decideOne(tx, viewer.accountId, which, body.accept))
    return {}
  },
})

const decideAllRoute = route({
  method: 'POST',
  path: `${path}/:id/decide`,
  summary: 'Take or leave all changes that a list asks for; servers with many follows stay for a decision of their own',
  access: writes,
  params: OneId,
  body: Type.Object({ accept: Type.Boolean(), change }),
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params, body }) => {
    await transact(ctx, async (tx) => {
      const { id } = await requireList(tx, params.id)
      const all = { listId: id, actorId: viewer.accountId, isAccepted: body.accept }
      await enqueue(tx, decideAll, { ...all, ...(body.change === undefined ? {} : { change: body.change }) })
    })
    return {}
  },
})

export const listRoutes = [listRoute, addRoute, importRoute, removeRoute, draftsRoute, decideRoute, decideAllRoute]
