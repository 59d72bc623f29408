import { Poll } from '@hamlet/contract/poll'
import { Type } from 'typebox'
import { requireVisibleStatus } from '#features/visibility'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { reader, route, user } from '#platform/http'
import { presentPolls } from './present.ts'
import { refreshPoll } from './refetch.ts'
import { vote } from './vote.ts'

const OneId = Type.Object({ id: Type.String() })

async function requirePoll(ctx: Context, viewerId: Id | null, statusId: Id): Promise<Poll> {
  const poll = (await presentPolls(ctx, viewerId, [statusId])).get(statusId)
  if (!poll) throw notFound()
  return poll
}

const showRoute = route({
  method: 'GET',
  path: '/api/v1/polls/:id',
  summary: 'Show what a post asks, with its counts',
  access: reader('read:statuses'),
  params: OneId,
  response: Poll,
  handle: async ({ ctx, viewer, params }) => {
    const viewerId = viewer?.accountId ?? null
    const statusId = await requireVisibleStatus(ctx, viewerId, params.id)
    if (viewerId !== null) await refreshPoll(ctx, statusId)
    return requirePoll(ctx, viewerId, statusId)
  },
})

const voteRoute = route({
  method: 'POST',
  path: '/api/v1/polls/:id/votes',
  summary: 'Vote, by the places of the options; what was chosen cannot be taken back',
  access: user('write:statuses'),
  params: OneId,
  body: Type.Object({ choices: Type.Optional(Type.Array(Type.Integer(), { maxItems: 1000 })) }),
  response: Poll,
  handle: async ({ ctx, viewer, params, body }) => {
    await transact(ctx, (tx) => vote(tx, viewer.accountId, params.id, body.choices ?? []))
    return requirePoll(ctx, viewer.accountId, params.id)
  },
})

export const pollRoutes = [showRoute, voteRoute]
