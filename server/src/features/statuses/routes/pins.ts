import { Type } from 'typebox'
import { Status } from '@hamlet/contract/status'
import { requireAccount } from '#features/accounts'
import { onlyVisible } from '#features/visibility'
import { ACTIVITY_JSON } from '#federation'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { anyone, route, user } from '#platform/http'
import { findNoteParts, NOTE_CONTEXT, renderNote } from '../note.ts'
import { presentStatuses } from '../present/present-statuses.ts'
import { listPinned, pinStatus, unpinStatus } from '../write/pin-status.ts'
import { requireOne } from './posts.ts'

const ById = Type.Object({ id: Type.String() })

function pinRoute(verb: 'pin' | 'unpin', summary: string, act: (tx: Tx, accountId: Id, id: Id) => Promise<void>) {
  return route({
    method: 'POST',
    path: `/api/v1/statuses/:id/${verb}`,
    summary,
    access: user('write:accounts'),
    params: ById,
    response: Status,
    handle: async ({ ctx, viewer, params }) => {
      const [id] = await onlyVisible(ctx, viewer.accountId, [params.id])
      if (id === undefined) throw notFound()
      await transact(ctx, (tx) => act(tx, viewer.accountId, id))
      return requireOne(await presentStatuses(ctx, viewer.accountId, [id]))
    },
  })
}

const featuredRoute = route({
  method: 'GET',
  path: '/ap/users/:id/collections/featured',
  summary: 'List the posts on top of a profile as other servers read them',
  access: anyone,
  params: ById,
  produces: ACTIVITY_JSON,
  response: Type.Object({}),
  handle: async ({ ctx, params, answer }) => {
    if (!isId(params.id)) throw notFound()
    const account = await requireAccount(ctx, params.id)
    if (!account.is_local || account.suspended_at || account.is_demo) throw notFound()
    const ids = await onlyVisible(ctx, null, await listPinned(ctx, account.id))
    const parts = (await Promise.all(ids.map((id) => findNoteParts(ctx, id)))).filter((one) => one !== undefined)
    answer.header('Cache-Control', 'public, max-age=60')
    return {
      '@context': NOTE_CONTEXT,
      id: `${account.uri}/collections/featured`,
      type: 'OrderedCollection',
      totalItems: parts.length,
      orderedItems: await Promise.all(parts.map((one) => renderNote(ctx, one))),
    }
  },
})

export const pinRoutes = [
  pinRoute('pin', 'Keep a post on top of your profile', pinStatus),
  pinRoute('unpin', 'Take a post from the top of your profile', unpinStatus),
  featuredRoute,
]
