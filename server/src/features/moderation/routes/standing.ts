import { OwnStrike, Standing } from '@hamlet/contract/standing'
import { Type } from 'typebox'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { route, shut } from '#platform/http'
import { appealStrike } from '../appeal.ts'
import { findOwnStrike } from '../appeals/list-standing.ts'
import { presentOwnStrike, presentStanding } from '../present/standing.ts'

const standingRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/standing',
  summary: 'Show what the team decided about the person who asks, and what came of their reports',
  access: shut('read:accounts'),
  response: Type.Unsafe<Standing>(Type.Ref('Standing')),
  handle: ({ ctx, viewer }) => presentStanding(ctx, viewer.userId, viewer.accountId),
})

const appealRoute = route({
  method: 'POST',
  path: '/api/hamlet/v1/strikes/:id/appeal',
  summary: 'Say why a decision about oneself is wrong',
  access: shut('write:accounts'),
  params: Type.Object({ id: Type.String() }),
  body: Type.Object({ text: Type.String({ maxLength: 10_000 }) }),
  response: Type.Unsafe<OwnStrike>(Type.Ref('OwnStrike')),
  handle: async ({ ctx, viewer, params, body }) => {
    const own = isId(params.id) ? await findOwnStrike(ctx, viewer.accountId, params.id) : undefined
    if (!own) throw notFound()
    await transact(ctx, (tx) => appealStrike(tx, own.id, body.text))
    return presentOwnStrike(ctx, viewer.accountId, own.id)
  },
})

export const standingRoutes = [standingRoute, appealRoute]
