import { redirectAccount, setAliases } from '#features/accounts'
import { transact } from '#platform/context'
import { makeArchive } from './old-archive.ts'
import { all, first, type MakePress, type World } from './press.ts'
import { atHome } from './settings-presses.ts'

const PATH = '/api/hamlet/v1/imports'

async function bring({ town, fresh }: World) {
  const who = await fresh()
  const parts = { kind: 'blocking', data: Buffer.from('somebody@town.test\n') }
  const caller = { token: who.token, parts }
  const { body } = await town.call('POST', PATH, caller)
  return { who, caller, id: body.id as string }
}

const MOVES = '/api/hamlet/v1/moves'

/** Somebody at home, and another account that says it is theirs. */
async function moving(world: World) {
  const { who, here } = await atHome(world)
  const other = await world.fresh()
  const { ctx } = world.town
  await transact(ctx, (tx) => setAliases(tx, other.accountId, [`${ctx.config.url}/ap/users/${who.accountId}`]))
  const wish = { acct: other.username, current_password: 'correct horse' }
  return { who, other, here, wish, uri: `${ctx.config.url}/ap/users/${other.accountId}` }
}

/** Who one also is, and where one goes. */
export function movePresses(): Record<string, MakePress> {
  const on = (
    path: string,
    gives: Record<number, number>,
    pick: (made: Awaited<ReturnType<typeof moving>>) => unknown,
  ) => {
    const make: MakePress = async (world) => {
      const made = await moving(world)
      return { path, caller: { headers: made.here, json: pick(made) }, gives }
    }
    return [`POST ${path}`, make] as const
  }
  return {
    ...Object.fromEntries([
      on(`${MOVES}/aliases`, all(200), ({ other }) => ({ acct: other.username })),
      on(`${MOVES}/aliases/remove`, all(200), ({ uri }) => ({ uri })),
      on(MOVES, first(200, 409), ({ wish }) => wish),
      on(`${MOVES}/redirect`, all(200), ({ wish }) => wish),
    ]),
    'POST /api/hamlet/v1/deletion': async (world) => {
      const { who, here } = await atHome(world)
      const json = { current_password: 'correct horse', username: who.username }
      // The first ends the session that all of them come from.
      return { path: '/api/hamlet/v1/deletion', caller: { headers: here, json }, gives: first(200, 401) }
    },
    [`DELETE ${MOVES}/redirect`]: async (world) => {
      const { who, other, here } = await moving(world)
      await transact(world.town.ctx, (tx) => redirectAccount(tx, who.accountId, other.accountId))
      return { path: `${MOVES}/redirect`, caller: { headers: here }, gives: all(200) }
    },
  }
}

const POSTS = '/api/hamlet/v1/post_imports'

/** Somebody who looked into an archive of theirs. */
async function lookedInto({ town, fresh }: World) {
  const who = await fresh()
  const caller = { token: who.token, parts: { data: await makeArchive() } }
  const { body } = await town.call('POST', POSTS, caller)
  return { caller, token: who.token, id: body.id as string }
}

function postPresses(): Record<string, MakePress> {
  return {
    [`POST ${POSTS}`]: async (world) => ({ path: POSTS, caller: (await lookedInto(world)).caller, gives: all(200) }),
    [`POST ${POSTS}/:id/confirm`]: async (world) => {
      const { id, token } = await lookedInto(world)
      return { path: `${POSTS}/${id}/confirm`, caller: { token }, gives: all(200) }
    },
    [`POST ${POSTS}/:id/undo`]: async (world) => {
      const { id, token } = await lookedInto(world)
      await world.town.call('POST', `${POSTS}/${id}/confirm`, { token })
      await world.town.settled()
      return { path: `${POSTS}/${id}/undo`, caller: { token }, gives: all(200) }
    },
  }
}

/** What one has here: packed for oneself, or thinned out by time. */
function keepingPresses(): Record<string, MakePress> {
  return {
    'POST /api/hamlet/v1/takeouts': async ({ fresh }) => {
      const caller = { token: (await fresh()).token, json: {} }
      return { path: '/api/hamlet/v1/takeouts', caller, gives: first(200, 409) }
    },
    'PUT /api/hamlet/v1/clearing': async ({ fresh }) => {
      const caller = { token: (await fresh()).token, json: { enabled: true, min_age_days: 30 } }
      return { path: '/api/hamlet/v1/clearing', caller, gives: all(200) }
    },
    'POST /api/hamlet/v1/clearing/preview': async ({ fresh }) => {
      const caller = { token: (await fresh()).token, json: { min_age_days: 30 } }
      return { path: '/api/hamlet/v1/clearing/preview', caller, gives: all(200) }
    },
  }
}

/** What a person takes along and brings. */
export function archivePresses(): Record<string, MakePress> {
  return {
    ...keepingPresses(),
    ...postPresses(),
    [`POST ${PATH}`]: async (world) => ({ path: PATH, caller: (await bring(world)).caller, gives: all(200) }),
    [`POST ${PATH}/:id/confirm`]: async (world) => {
      const { who, id } = await bring(world)
      return { path: `${PATH}/${id}/confirm`, caller: { token: who.token, json: {} }, gives: all(200) }
    },
    [`DELETE ${PATH}/:id`]: async (world) => {
      const { who, id } = await bring(world)
      return { path: `${PATH}/${id}`, caller: { token: who.token }, gives: first(200, 404) }
    },
  }
}
