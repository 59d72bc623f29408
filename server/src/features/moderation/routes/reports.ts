import { AdminReport } from '@hamlet/contract/moderation'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors } from '#platform/http'
import { presentAdminReport, presentAdminReports } from '../present/reports.ts'
import {
  assignReport,
  reopenReport,
  resolveReport,
  sortReport,
  unassignReport,
  type ReportVerb,
} from '../reports/change-report.ts'
import { listReportIds } from '../reports/list-reports.ts'

const PATH = '/api/v1/admin/reports'
const OneId = Type.Object({ id: Type.String() })
/** mastodon-limits.md, admin lists: 100 at once, 200 at most. */
const USUAL = 100
const mayRead = team('admin:read:reports', 'manage_reports')
const mayWrite = team('admin:write:reports', 'manage_reports')
const flag = Type.Optional(Type.Boolean())
const word = Type.Optional(Type.String())

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List reports, those that wait unless it is said otherwise',
  access: mayRead,
  query: Type.Object({
    resolved: flag,
    unresolved: flag,
    account_id: word,
    target_account_id: word,
    limit: Type.Optional(Type.Integer()),
    max_id: word,
    since_id: word,
    min_id: word,
  }),
  response: Type.Array(AdminReport),
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const filter = {
      isResolved: query.resolved,
      isUnresolved: query.unresolved,
      reporterId: query.account_id === undefined ? undefined : requireId(query.account_id),
      targetId: query.target_account_id === undefined ? undefined : requireId(query.target_account_id),
    }
    const ids = await listReportIds(ctx, filter, page)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return presentAdminReports(ctx, viewer.accountId, ids)
  },
})

const showRoute = route({
  method: 'GET',
  path: `${PATH}/:id`,
  summary: 'Show a report with everybody and everything in it',
  access: mayRead,
  params: OneId,
  response: AdminReport,
  handle: ({ ctx, viewer, params }) => presentAdminReport(ctx, viewer.accountId, requireId(params.id)),
})

const sortRoute = route({
  method: 'PUT',
  path: `${PATH}/:id`,
  summary: 'Say anew what a report is about',
  access: mayWrite,
  params: OneId,
  body: Type.Object({
    category: Type.Optional(
      Type.Union([Type.Literal('spam'), Type.Literal('legal'), Type.Literal('violation'), Type.Literal('other')]),
    ),
    rule_ids: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 100 })),
  }),
  response: AdminReport,
  handle: async ({ ctx, viewer, params, body }) => {
    const id = requireId(params.id)
    const wish = { category: body.category, ruleIds: body.rule_ids }
    await transact(ctx, (tx) => sortReport(tx, viewer.accountId, id, wish))
    return presentAdminReport(ctx, viewer.accountId, id)
  },
})

const verbRoute = (name: string, summary: string, verb: ReportVerb) =>
  route({
    method: 'POST',
    path: `${PATH}/:id/${name}`,
    summary,
    access: mayWrite,
    params: OneId,
    response: AdminReport,
    handle: async ({ ctx, viewer, params }) => {
      const id = requireId(params.id)
      await transact(ctx, (tx) => verb(tx, viewer.accountId, id))
      return presentAdminReport(ctx, viewer.accountId, id)
    },
  })

function requireId(text: string): Id {
  if (!isId(text)) throw notFound()
  return text
}

export const adminReportRoutes = [
  listRoute,
  showRoute,
  sortRoute,
  verbRoute('assign_to_self', 'Take a report on', assignReport),
  verbRoute('unassign', 'Leave a report to somebody else', unassignReport),
  verbRoute('resolve', 'Close a report without doing anything about it', resolveReport),
  verbRoute('reopen', 'Open a report again', reopenReport),
]
