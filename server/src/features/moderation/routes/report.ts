import { Report } from '@hamlet/contract/moderation'
import { Type } from 'typebox'
import { presentAccount } from '#features/profiles'
import { countAttempt } from '#platform/attempts'
import { transact } from '#platform/context'
import { route, user } from '#platform/http'
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
    }
    const id = await transact(ctx, (tx) => fileReport(tx, viewer.accountId, report))
    return {
      id,
      action_taken: false,
      action_taken_at: null,
      category: rule_ids.length > 0 ? 'violation' : category,
      comment: comment.trim(),
      forwarded: forward,
      created_at: ctx.clock.now().toISOString(),
      status_ids,
      rule_ids,
      collection_ids: [],
      target_account: await presentAccount(ctx, body.account_id),
    }
  },
})
