import type { Account } from '@hamlet/contract/account'
import { OwnReport } from '@hamlet/contract/moderation'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { transact } from '#platform/context'
import { readPage } from '#platform/db'
import { linkPages, route, rowCursors, user } from '#platform/http'
import { revealMedia } from '../cases/evidence/reveal.ts'
import { listOwnReportIds } from '../cases/outcome/own-reports.ts'
import { noteLook } from '../cases/context/looks.ts'
import { presentLooking } from '../present/case-context.ts'
import { presentOwnReports } from '../present/own-reports.ts'

const USUAL = 20

const ownReportsRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/reports',
  summary: 'List what one reported, and what came of it',
  access: user('read:accounts'),
  query: Type.Object({
    limit: Type.Optional(Type.Integer()),
    max_id: Type.Optional(Type.String()),
    since_id: Type.Optional(Type.String()),
    min_id: Type.Optional(Type.String()),
  }),
  response: Type.Array(OwnReport),
  handle: async ({ ctx, viewer, query, answer, target }) => {
    const page = readPage(query, USUAL)
    const ids = await listOwnReportIds(ctx, viewer.accountId, page)
    linkPages(answer, ctx.config.url, target, rowCursors(ids, page.limit))
    return presentOwnReports(ctx, ids)
  },
})

const revealRoute = route({
  method: 'POST',
  path: '/api/web/moderation/reports/:id/media/:media_id/reveal',
  summary: 'Uncover a picture of a report; how many one opened today is counted',
  access: team('admin:read:reports', 'manage_reports'),
  params: Type.Object({ id: Type.String(), media_id: Type.String() }),
  response: Type.Object({ url: Type.Union([Type.String(), Type.Null()]), today: Type.Integer() }),
  handle: ({ ctx, viewer, params }) =>
    transact(ctx, (tx) => revealMedia(tx, viewer.accountId, params.id, params.media_id)),
})

const lookRoute = route({
  method: 'POST',
  path: '/api/web/moderation/reports/:id/look',
  summary: 'Say that one looks at a report, or no longer does, and read who else does',
  access: team('admin:read:reports', 'manage_reports'),
  params: Type.Object({ id: Type.String() }),
  body: Type.Object({ here: Type.Boolean() }),
  response: Type.Array(Type.Unsafe<Account>(Type.Ref('Account'))),
  handle: async ({ ctx, viewer, params, body }) => {
    await transact(ctx, (tx) => noteLook(tx, viewer.accountId, params.id, body.here))
    return presentLooking(ctx, viewer.accountId, params.id)
  },
})

export const caseRoutes = [ownReportsRoute, revealRoute, lookRoute]
