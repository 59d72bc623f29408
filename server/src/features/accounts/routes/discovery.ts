import { Type } from 'typebox'
import { ACTIVITY_JSON, readHandle, renderJrd } from '#federation'
import { isId } from '#lib/id'
import { notFound, Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'
import { renderActor } from '../actor.ts'
import { ensureInstanceActor } from '../instance-actor.ts'
import { findAccount, findAccountByUri, findLocalAccount, type AccountRow } from '../store.ts'

const Document = Type.Object({})
const CACHED = 'public, max-age=180'

/** Whoever a WebFinger question means: a handle of ours under either of our names, a profile or an actor. */
async function findResource(ctx: Context, resource: string): Promise<AccountRow | undefined> {
  const ours = new Set<string>([ctx.config.domain, new URL(ctx.config.url).host])
  const handle = readHandle(resource)
  if (handle) {
    const row = ours.has(handle.host) ? await findLocalAccount(ctx, handle.username) : undefined
    return row?.is_demo ? undefined : row
  }
  const name = resource.startsWith(`${ctx.config.url}/@`) ? resource.slice(ctx.config.url.length + 2) : undefined
  const found = name === undefined ? await findAccountByUri(ctx, resource) : await findLocalAccount(ctx, name)
  return found?.is_local && !found.is_demo ? found : undefined
}

const webfingerRoute = route({
  method: 'GET',
  path: '/.well-known/webfinger',
  summary: 'Say where somebody who lives here is to be found (RFC 7033)',
  access: anyone,
  query: Type.Object({ resource: Type.Optional(Type.String({ maxLength: 3000 })) }),
  produces: 'application/jrd+json',
  response: Document,
  handle: async ({ ctx, query, answer }) => {
    if (!query.resource) throw new Refusal('badRequest', 'The parameter resource is missing')
    const row = await findResource(ctx, query.resource)
    if (!row) throw notFound()
    answer.header('Cache-Control', CACHED)
    return renderJrd({ acct: `${row.username}@${row.host}`, profileUrl: row.url, actorUri: row.uri }, ctx.config.url)
  },
})

const hostMetaRoute = route({
  method: 'GET',
  path: '/.well-known/host-meta',
  summary: 'Say where WebFinger is (RFC 6415)',
  access: anyone,
  produces: 'application/xrd+xml',
  response: Type.String(),
  handle: async ({ ctx }) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" template="${ctx.config.url}/.well-known/webfinger?resource={uri}"/></XRD>\n`,
})

const actorRoute = route({
  method: 'GET',
  path: '/ap/users/:id',
  summary: 'Show an account as other servers read it',
  access: anyone,
  params: Type.Object({ id: Type.String() }),
  produces: ACTIVITY_JSON,
  response: Document,
  handle: async ({ ctx, params, answer }) => {
    const actor = isId(params.id) ? await renderActor(ctx, params.id) : undefined
    if (!actor) throw notFound()
    answer.header('Cache-Control', CACHED)
    return actor
  },
})

const instanceActorRoute = route({
  method: 'GET',
  path: '/actor',
  summary: 'Show the account that signs for the server itself',
  access: anyone,
  produces: ACTIVITY_JSON,
  response: Document,
  handle: async ({ ctx, answer }) => {
    answer.header('Cache-Control', CACHED)
    return renderActor(ctx, await ensureInstanceActor(ctx))
  },
})

/** Only the number: who follows whom is told by the pages, as far as each person shows it. */
function countRoute(kind: 'followers' | 'following') {
  return route({
    method: 'GET',
    path: `/ap/users/:id/${kind}`,
    summary: `Count the ${kind} of an account, for other servers`,
    access: anyone,
    params: Type.Object({ id: Type.String() }),
    produces: ACTIVITY_JSON,
    response: Document,
    handle: async ({ ctx, params }) => {
      const row = isId(params.id) ? await findAccount(ctx, params.id) : undefined
      if (!row?.is_local || row.suspended_at) throw notFound()
      const totalItems = kind === 'followers' ? row.followers_count : row.following_count
      return {
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: `${row.uri}/${kind}`,
        type: 'OrderedCollection',
        totalItems,
      }
    },
  })
}

export const discoveryRoutes = [
  webfingerRoute,
  hostMetaRoute,
  actorRoute,
  instanceActorRoute,
  countRoute('followers'),
  countRoute('following'),
]
