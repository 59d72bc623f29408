import { Clearing } from '@hamlet/contract/clearing'
import { Type } from 'typebox'
import { transact } from '#platform/context'
import { route, user } from '#platform/http'
import { listClearable, readClearing, usualClearing, writeClearing } from '../clearing/policy.ts'

const PATH = '/api/hamlet/v1/clearing'
/** A preview counts no further. */
const MOST_SHOWN = 10_000

export const clearingRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Show which of your old posts are deleted by themselves',
    access: user('read:statuses'),
    response: Clearing,
    handle: ({ ctx, viewer }) => readClearing(ctx, viewer.accountId),
  }),
  route({
    method: 'PUT',
    path: PATH,
    summary: 'Have old posts of yours deleted by themselves, or no longer',
    access: user('write:statuses'),
    body: Type.Partial(Clearing),
    response: Clearing,
    handle: async ({ ctx, viewer, body }) => {
      await transact(ctx, (tx) => writeClearing(tx, viewer.accountId, { ...usualClearing, ...body }))
      return readClearing(ctx, viewer.accountId)
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/preview`,
    summary: 'Count which of your posts would be deleted now',
    access: user('read:statuses'),
    body: Type.Partial(Clearing),
    response: Type.Object({ count: Type.Integer(), oldest_ids: Type.Array(Type.String()) }),
    handle: async ({ ctx, viewer, body }) => {
      const ids = await listClearable(ctx, viewer.accountId, { ...usualClearing, ...body }, MOST_SHOWN)
      return { count: ids.length, oldest_ids: ids.slice(0, 5) }
    },
  }),
]
