import { MeasureEffect } from '@hamlet/contract/measure'
import { Type } from 'typebox'
import { requireAccount } from '#features/accounts'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { route } from '#platform/http'
import { decisions } from '../decisions.ts'
import { previewDecision } from '../present/preview.ts'
import { undoStrike } from '../measures/undo.ts'
import { findReport } from '../store.ts'

const OneId = Type.Object({ id: Type.String() })
const decision = Type.Union(decisions.map((one) => Type.Literal(one)))
const flag = Type.Optional(Type.Boolean())
const Effect = Type.Unsafe<MeasureEffect>(Type.Ref('MeasureEffect'))

const previewOfAccount = route({
  method: 'POST',
  path: '/api/web/moderation/accounts/:id/preview',
  summary: 'Say what a decision about an account would do, in numbers',
  access: team('admin:read:accounts', 'manage_users'),
  params: OneId,
  body: Type.Object({
    decision,
    status_ids: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 100 })),
    send_email_notification: flag,
  }),
  response: Effect,
  handle: async ({ ctx, params, body }) => {
    const target = await requireAccount(ctx, params.id)
    const { status_ids: given = [], send_email_notification: isTold = true } = body
    return previewDecision(ctx, target, { decision: body.decision, statusIds: given.filter(isId), isTold })
  },
})

const previewOfReport = route({
  method: 'POST',
  path: '/api/web/moderation/reports/:id/preview',
  summary: 'Say what a decision of a report would do, in numbers',
  access: team('admin:read:reports', 'manage_reports'),
  params: OneId,
  body: Type.Object({ decision }),
  response: Effect,
  handle: async ({ ctx, params, body }) => {
    const report = isId(params.id) ? await findReport(ctx, params.id) : undefined
    if (!report) throw notFound()
    const target = await requireAccount(ctx, report.target_account_id)
    return previewDecision(ctx, target, { decision: body.decision, statusIds: report.status_ids, isTold: true })
  },
})

const undoRoute = route({
  method: 'POST',
  path: '/api/web/moderation/strikes/:id/undo',
  summary: 'Take a decision back, with all that it changed',
  access: team('admin:write:accounts', 'manage_users'),
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => undoStrike(tx, viewer, params.id))
    return {}
  },
})

export const measureRoutes = [previewOfAccount, previewOfReport, undoRoute]
