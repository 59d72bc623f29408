import { Relay } from '@hamlet/contract/server'
import { Type } from 'typebox'
import {
  addRelay,
  disableRelay,
  enableRelay,
  findRelay,
  listRelays,
  removeRelay,
  type RelayRow,
} from '#features/relationships'
import { team } from '#features/roles'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'

const path = '/api/web/admin/relays'
/** Mastodon's scopes know no relays; whoever may treat servers otherwise may deal with these. */
const reads = team('admin:read:domain_blocks', 'manage_federation')
const writes = team('admin:write:domain_blocks', 'manage_federation')
const OneId = Type.Object({ id: Type.String() })

const presentRelay = ({ id, url, state, problem, created_at, last_heard_at }: RelayRow): Relay => ({
  id,
  url,
  state,
  problem,
  created_at,
  last_heard_at,
})

async function answerWith(ctx: Context, id: string): Promise<Relay> {
  const row = await findRelay(ctx, id)
  if (!row) throw notFound()
  return presentRelay(row)
}

const listRoute = route({
  method: 'GET',
  path,
  summary: 'List relays',
  access: reads,
  response: Type.Array(Relay),
  handle: async ({ ctx }) => (await listRelays(ctx)).map(presentRelay),
})

const addRoute = route({
  method: 'POST',
  path,
  summary: 'Add a relay, which is asked at once to let us in',
  access: writes,
  body: Type.Object({ url: Type.String({ maxLength: 2000 }) }),
  response: Relay,
  handle: async ({ ctx, viewer, body }) =>
    answerWith(ctx, await transact(ctx, (tx) => addRelay(tx, viewer.accountId, body.url))),
})

const change = (verb: 'enable' | 'disable', summary: string, act: typeof enableRelay) =>
  route({
    method: 'POST',
    path: `${path}/:id/${verb}`,
    summary,
    access: writes,
    params: OneId,
    body: Type.Object({}),
    response: Relay,
    handle: async ({ ctx, viewer, params }) => {
      if (!isId(params.id)) throw notFound()
      await transact(ctx, (tx) => act(tx, viewer.accountId, params.id))
      return answerWith(ctx, params.id)
    },
  })

const removeRoute = route({
  method: 'DELETE',
  path: `${path}/:id`,
  summary: 'Leave a relay and forget it',
  access: writes,
  params: OneId,
  response: Type.Object({}),
  handle: async ({ ctx, viewer, params }) => {
    if (!isId(params.id)) throw notFound()
    await transact(ctx, (tx) => removeRelay(tx, viewer.accountId, params.id))
    return {}
  },
})

export const relayRoutes = [
  listRoute,
  addRoute,
  change('enable', 'Ask a relay to let us in', enableRelay),
  change('disable', 'Leave a relay', disableRelay),
  removeRoute,
]
