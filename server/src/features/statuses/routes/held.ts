import { MOST_PARTS } from '@hamlet/contract/draft'
import { Status } from '@hamlet/contract/status'
import { Type } from 'typebox'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact } from '#platform/context'
import { route, user } from '#platform/http'
import { publishHeld } from '../held/hold-statuses.ts'
import { presentHeld } from '../present/present-held.ts'
import { presentStatuses } from '../present/present-statuses.ts'
import { HoldFor, NewPost, readKey, readNewStatus, writePosts } from './new-status.ts'
import { requireOne } from './posts.ts'

const threadRoute = route({
  method: 'POST',
  path: '/api/hamlet/v1/statuses/thread',
  summary: 'Write a thread: all of its posts or none, each in answer to the one before it',
  access: user('write:statuses'),
  body: Type.Object({ posts: Type.Array(NewPost, { minItems: 1, maxItems: MOST_PARTS }), hold_for: HoldFor }),
  response: Type.Array(Status),
  limit: { family: 'statuses', max: 300, windowMs: 3 * 3_600_000 },
  handle: async ({ ctx, viewer, body, headers }) => {
    const posts = body.posts.map((post) => readNewStatus(viewer, post))
    const shown = await writePosts(ctx, viewer.accountId, { posts, holdFor: body.hold_for, key: readKey(headers) })
    if (shown.length === 0) throw notFound()
    return shown
  },
})

const heldRoute = route({
  method: 'GET',
  path: '/api/hamlet/v1/statuses/held',
  summary: 'List your posts that nobody sees yet',
  access: user('read:statuses'),
  response: Type.Array(Status),
  handle: ({ ctx, viewer }) => presentHeld(ctx, viewer.accountId),
})

const publishRoute = route({
  method: 'POST',
  path: '/api/hamlet/v1/statuses/:id/publish',
  summary: 'Publish a held post of your own, and what is held with it, now',
  access: user('write:statuses'),
  params: Type.Object({ id: Type.String() }),
  body: Type.Object({}),
  response: Status,
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => publishHeld(tx, viewer.accountId, params.id))
    return requireOne(await presentStatuses(ctx, viewer.accountId, [params.id]))
  },
})

export const heldRoutes = [threadRoute, heldRoute, publishRoute]
