import { Announcement } from '@hamlet/contract/announcement'
import { Type } from 'typebox'
import { transact } from '#platform/context'
import { route, user } from '#platform/http'
import { presentAnnouncements } from '../present.ts'
import { react, unreact } from '../reactions.ts'
import { listPublished, lockPublished } from '../store.ts'

const OneId = Type.Object({ id: Type.String() })
const OneReaction = Type.Object({ id: Type.String(), name: Type.String() })

const listRoute = route({
  method: 'GET',
  path: '/api/v1/announcements',
  summary: 'List what the team announces, and what of it the reader has put away',
  access: user('read'),
  query: Type.Object({ with_dismissed: Type.Optional(Type.Boolean()) }),
  response: Type.Array(Announcement),
  handle: async ({ ctx, viewer, query }) => {
    const all = await presentAnnouncements(ctx, await listPublished(ctx), viewer.accountId)
    return query.with_dismissed === false ? all.filter((one) => one.read !== true) : all
  },
})

const dismissRoute = route({
  method: 'POST',
  path: '/api/v1/announcements/:id/dismiss',
  summary: 'Put an announcement away',
  access: user('write:accounts'),
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await transact(ctx, async (tx) => {
      const { id } = await lockPublished(tx, params.id)
      const row = { announcement_id: id, account_id: viewer.accountId, created_at: tx.clock.now().toISOString() }
      await tx.db
        .insertInto('announcement_dismissals')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    })
    return {}
  },
})

const reactRoute = route({
  method: 'PUT',
  path: '/api/v1/announcements/:id/reactions/:name',
  summary: 'Answer an announcement with an emoji',
  access: user('write:favourites'),
  params: OneReaction,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await react(ctx, viewer.accountId, params.id, params.name)
    return {}
  },
})

const unreactRoute = route({
  method: 'DELETE',
  path: '/api/v1/announcements/:id/reactions/:name',
  summary: 'Take back an emoji under an announcement',
  access: user('write:favourites'),
  params: OneReaction,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    await unreact(ctx, viewer.accountId, params.id, params.name)
    return {}
  },
})

export const readerRoutes = [listRoute, dismissRoute, reactRoute, unreactRoute]
