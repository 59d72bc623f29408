import { LogEntry } from '@hamlet/contract/team'
import { Type, type Static } from 'typebox'
import { listAudit, type AuditFilter } from '#features/audit'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { readPage, type PageRequest } from '#platform/db'
import { linkPages, route, rowCursors } from '#platform/http'
import { writeLogCsv } from '../log/csv.ts'
import { presentLog } from '../present/log.ts'

const word = Type.Optional(Type.String({ maxLength: 320 }))
const Narrow = { actor: word, action: word, target_type: word, target_id: word, label: word }
const access = team('admin:read', 'view_audit_log')
/** mastodon-limits.md, admin lists: 100 at once, 200 at most. */
const USUAL = 100
/** A log of years is fetched in parts, by `max_id`. */
const MOST_ROWS = 50_000

function readFilter(query: Static<Type.TObject<typeof Narrow>>): AuditFilter {
  const { actor, action, target_type: targetType, target_id: targetId, label } = query
  for (const id of [actor, targetId]) if (id !== undefined && id !== '' && !isId(id)) throw notFound()
  return { actorId: actor || undefined, action, targetType, targetId: targetId || undefined, label }
}

const listRoute = route({
  method: 'GET',
  path: '/api/web/admin/log',
  summary: 'List what the team did, the newest first',
  access,
  query: Type.Object({
    ...Narrow,
    limit: Type.Optional(Type.Integer()),
    max_id: word,
    since_id: word,
    min_id: word,
  }),
  response: Type.Array(Type.Unsafe<LogEntry>(Type.Ref('LogEntry'))),
  handle: async ({ ctx, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const rows = await listAudit(ctx, readFilter(query), page)
    const ids = rows.map((row) => row.id)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return presentLog(ctx, rows)
  },
})

const csvRoute = route({
  method: 'GET',
  path: '/api/web/admin/log.csv',
  summary: 'Take what the team did away as a table',
  access,
  query: Type.Object({ ...Narrow, max_id: word }),
  response: Type.String(),
  produces: 'text/csv',
  handle: async ({ ctx, query, answer }) => {
    const page: PageRequest = {
      ...readPage(query.max_id === undefined ? {} : { max_id: query.max_id }, USUAL),
      limit: MOST_ROWS,
    }
    const rows = await listAudit(ctx, readFilter(query), page)
    answer.header('content-disposition', 'attachment; filename="log.csv"')
    answer.header('cache-control', 'private, no-store')
    return writeLogCsv(await presentLog(ctx, rows))
  },
})

export const logRoutes = [listRoute, csvRoute]
