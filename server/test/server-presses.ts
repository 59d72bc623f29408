import { all, first, type MakePress, type World } from './press.ts'

let serial = 0
const BLOCKS = '/api/v1/admin/domain_blocks'
const ALLOWS = '/api/v1/admin/domain_allows'

/** What the team does about other servers. */
export function serverPresses(): Record<string, MakePress> {
  const fresh = () => `noisy${(serial += 1)}.example`
  const asOwner = ({ owner }: World, json: Record<string, unknown> = {}) => ({ token: owner.token, json })
  const made = async (world: World, path: string) =>
    `${path}/${(await world.town.call('POST', path, asOwner(world, { domain: fresh() }))).body.id}`
  return {
    [`POST ${BLOCKS}`]: async (world) => ({
      path: BLOCKS,
      caller: asOwner(world, { domain: fresh(), severity: 'suspend' }),
      gives: first(200, 422),
    }),
    [`PUT ${BLOCKS}/:id`]: async (world) => ({
      path: await made(world, BLOCKS),
      caller: asOwner(world, { severity: 'suspend' }),
      gives: all(200),
    }),
    [`DELETE ${BLOCKS}/:id`]: async (world) => ({
      path: await made(world, BLOCKS),
      caller: asOwner(world),
      gives: first(200, 404),
    }),
    [`POST ${ALLOWS}`]: async (world) => ({
      path: ALLOWS,
      caller: asOwner(world, { domain: fresh() }),
      gives: all(200),
    }),
    ...teamServerPresses(fresh),
    ...listPresses(),
    ...relayPresses(),
    [`DELETE ${ALLOWS}/:id`]: async (world) => ({
      path: await made(world, ALLOWS),
      caller: asOwner(world),
      gives: first(200, 404),
    }),
  }
}

const SERVERS = '/api/web/moderation/servers'
const LISTS = '/api/web/moderation/lists'
const asOwner = ({ owner }: World, json: Record<string, unknown> = {}) => ({ token: owner.token, json })

function teamServerPresses(fresh: () => string): Record<string, MakePress> {
  return {
    [`PUT ${SERVERS}/:host/policy`]: async (world) => ({
      path: `${SERVERS}/${fresh()}/policy`,
      caller: asOwner(world, { severity: 'suspend' }),
      gives: all(200),
    }),
    // Nobody of it is known: there is nothing to take away.
    [`POST ${SERVERS}/:host/purge`]: async (world) => ({
      path: `${SERVERS}/${fresh()}/purge`,
      caller: asOwner(world),
      gives: all(409),
    }),
    [`POST ${SERVERS}/:host/retry`]: async (world) => ({
      path: `${SERVERS}/${fresh()}/retry`,
      caller: asOwner(world),
      gives: all(200),
    }),
    [`POST ${SERVERS}/:host/notes`]: async (world) => ({
      path: `${SERVERS}/${fresh()}/notes`,
      caller: asOwner(world, { text: 'look again in May' }),
      gives: all(200),
    }),
    [`DELETE ${SERVERS}/:host/notes/:id`]: async (world) => {
      const path = `${SERVERS}/${fresh()}`
      await world.town.call('POST', `${path}/notes`, asOwner(world, { text: 'look again in May' }))
      const { notes } = (await world.town.call('GET', path, { token: world.owner.token })).body
      return { path: `${path}/notes/${notes[0].id}`, caller: asOwner(world), gives: first(200, 404) }
    },
  }
}

function listPresses(): Record<string, MakePress> {
  const content = 'domain,severity\nspam.example,suspend\n'
  const name = () => `list ${(serial += 1)}`
  const made = async (world: World) =>
    (await world.town.call('POST', LISTS, asOwner(world, { name: name(), content }))).body.id as string
  return {
    [`POST ${LISTS}`]: async (world) => ({
      path: LISTS,
      caller: asOwner(world, { name: name(), content }),
      gives: first(200, 422),
    }),
    [`POST ${LISTS}/:id/import`]: async (world) => ({
      path: `${LISTS}/${await made(world)}/import`,
      caller: asOwner(world, { content }),
      gives: all(200),
    }),
    [`DELETE ${LISTS}/:id`]: async (world) => ({
      path: `${LISTS}/${await made(world)}`,
      caller: asOwner(world),
      gives: first(200, 404),
    }),
    [`POST ${LISTS}/:id/drafts/:draft_id`]: async (world) => {
      const path = `${LISTS}/${await made(world)}/drafts`
      const [draft] = (await world.town.call('GET', path, { token: world.owner.token })).body
      return { path: `${path}/${draft.id}`, caller: asOwner(world, { accept: false }), gives: first(200, 409) }
    },
    [`POST ${LISTS}/:id/decide`]: async (world) => ({
      path: `${LISTS}/${await made(world)}/decide`,
      caller: asOwner(world, { accept: false }),
      gives: all(200),
    }),
  }
}

const RELAYS = '/api/web/admin/relays'

function relayPresses(): Record<string, MakePress> {
  const url = () => `https://relay${(serial += 1)}.example/inbox`
  const made = async (world: World) =>
    `${RELAYS}/${(await world.town.call('POST', RELAYS, asOwner(world, { url: url() }))).body.id}`
  return {
    [`POST ${RELAYS}`]: async (world) => ({
      path: RELAYS,
      caller: asOwner(world, { url: url() }),
      gives: first(200, 422),
    }),
    [`POST ${RELAYS}/:id/enable`]: async (world) => ({
      path: `${await made(world)}/enable`,
      caller: asOwner(world),
      gives: all(200),
    }),
    [`POST ${RELAYS}/:id/disable`]: async (world) => ({
      path: `${await made(world)}/disable`,
      caller: asOwner(world),
      gives: all(200),
    }),
    [`DELETE ${RELAYS}/:id`]: async (world) => ({
      path: await made(world),
      caller: asOwner(world),
      gives: first(200, 404),
    }),
  }
}
