import { Report } from '@hamlet/contract/moderation'
import { Type } from 'typebox'
import { notFound } from '#lib/refusal'
import { countAttempt } from '#platform/attempts'
import { transact } from '#platform/context'
import { route, user } from '#platform/http'
import { presentReports } from '../present/cases.ts'
import { fileReport } from '../report.ts'

const DAY_MS = 24 * 3_600_000
const ids = Type.Optional(Type.Array(Type.String(), { maxItems: 100 }))

export const reportRoute = route({
  method: 'POST',
  path: '/api/v1/reports',
  summary: 'Tell the moderators about an account',
  access: user('write:reports'),
  body: Type.Object({
    account_id: Type.String(),
    status_ids: ids,
    comment: Type.Optional(Type.String({ maxLength: 20_000 })),
    forward: Type.Optional(Type.Boolean()),
    forward_to_domains: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 })),
    category: Type.Optional(
      Type.Union([Type.Literal('spam'), Type.Literal('legal'), Type.Literal('violation'), Type.Literal('other')]),
    ),
    rule_ids: ids,
  }),
  response: Report,
  handle: async ({ ctx, viewer, body }) => {
    await countAttempt(ctx, `report:${viewer.accountId}`, { max: 400, windowMs: DAY_MS })
    const { comment = '', category = 'other', status_ids = [], rule_ids = [], forward = false } = body
    const report = {
      targetId: body.account_id,
      statusIds: status_ids,
      comment,
      category,
      ruleIds: rule_ids,
      isForwarded: forward,
      forwardHosts: body.forward_to_domains ?? [],
    }
    const id = await transact(ctx, (tx) => fileReport(tx, viewer.accountId, report))
    const filed = (await presentReports(ctx, [id])).get(id)
    if (!filed) throw notFound()
    return filed
  },
})
