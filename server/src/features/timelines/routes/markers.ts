import { HOME_PLACE, Markers } from '@hamlet/contract/marker'
import { Type } from 'typebox'
import { isId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route, user } from '#platform/http'
import { listMarkers, markerNames, setMarker } from '../markers.ts'

const Place = Type.Optional(Type.Object({ last_read_id: Type.Union([Type.String(), Type.Integer()]) }))

async function presentMarkers(ctx: Context, accountId: Id, wanted: readonly string[]) {
  const rows = (await listMarkers(ctx, accountId)).filter((row) => wanted.includes(row.timeline))
  return Object.fromEntries(rows.map(({ timeline, ...marker }) => [timeline, marker]))
}

export const markerRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/markers',
    summary: 'Show how far you have read',
    access: user('read:statuses'),
    query: Type.Object({ timeline: Type.Optional(Type.Array(Type.String(), { maxItems: 20 })) }),
    response: Markers,
    handle: ({ ctx, viewer, query }) => presentMarkers(ctx, viewer.accountId, query.timeline ?? []),
  }),
  route({
    method: 'POST',
    path: '/api/v1/markers',
    summary: 'Say how far you have read',
    access: user('write:statuses'),
    body: Type.Object({ home: Place, notifications: Place, [HOME_PLACE]: Place }),
    response: Markers,
    handle: async ({ ctx, viewer, body }) => {
      const given = markerNames.flatMap((name) => {
        const id = body[name]?.last_read_id
        return id === undefined ? [] : [{ name, id: String(id) }]
      })
      if (given.some(({ id }) => !isId(id))) throw invalid('Validation failed: Last read is invalid')
      await transact(ctx, async (tx) => {
        for (const { name, id } of given) await setMarker(tx, viewer.accountId, name, id)
      })
      return presentMarkers(
        ctx,
        viewer.accountId,
        given.map(({ name }) => name),
      )
    },
  }),
]
