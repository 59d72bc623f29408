import { makePicture } from './pictures.ts'
import { all, first, type MakePress, type World } from './press.ts'

const EMOJIS = '/api/web/admin/emojis'
const HOOKS = '/api/web/admin/webhooks'
let serial = 0

async function addEmoji({ town, owner }: World): Promise<string> {
  const parts = { shortcode: `pressed_${(serial += 1)}`, image: await smallPicture() }
  return (await town.call('POST', EMOJIS, { token: owner.token, parts })).body.id
}

const smallPicture = () => makePicture('png', { width: 16, height: 16 })

const hookWish = () => ({ url: `https://hooks${(serial += 1)}.invalid/`, events: ['status.updated'] })

function hookPresses(): Record<string, MakePress> {
  const on = (method: string, suffix: string, gives: Record<number, number>) => {
    const make: MakePress = async ({ town, owner }) => {
      const wish = hookWish()
      const { id, rotated_at } = (await town.call('POST', HOOKS, { token: owner.token, json: wish })).body
      town.clock.advance(1)
      const json = suffix === '/rotate' ? { rotated_at } : wish
      return { path: `${HOOKS}/${id}${suffix}`, caller: { token: owner.token, json }, gives }
    }
    return [`${method} ${HOOKS}/:id${suffix}`, make] as const
  }
  return {
    [`POST ${HOOKS}`]: async ({ owner }) => ({
      path: HOOKS,
      caller: { token: owner.token, json: hookWish() },
      gives: first(200, 422),
    }),
    ...Object.fromEntries([
      on('PUT', '', all(200)),
      on('POST', '/enable', all(200)),
      on('POST', '/disable', all(200)),
      on('POST', '/rotate', first(200, 409)),
      on('POST', '/test', all(200)),
      on('DELETE', '', first(200, 404)),
    ]),
  }
}

/** What the team keeps the server with. */
export function toolPresses(): Record<string, MakePress> {
  return {
    ...hookPresses(),
    'PUT /api/web/admin/letters/:kind': async ({ owner }) => ({
      path: '/api/web/admin/letters/approved',
      caller: { token: owner.token, json: { text: 'Welcome to the harbour.' } },
      gives: all(200),
    }),
    'POST /api/web/admin/letters/:kind/test': async ({ owner }) => ({
      path: '/api/web/admin/letters/approved/test',
      caller: { token: owner.token },
      gives: all(200),
    }),
    [`POST ${EMOJIS}`]: async ({ owner }) => ({
      path: EMOJIS,
      caller: {
        token: owner.token,
        parts: { shortcode: `once_${(serial += 1)}`, image: await smallPicture() },
      },
      gives: first(200, 409),
    }),
    [`POST ${EMOJIS}/acts`]: async (world) => {
      const json = { ids: [await addEmoji(world)], act: 'delete' }
      return { path: `${EMOJIS}/acts`, caller: { token: world.owner.token, json }, gives: first(200, 404) }
    },
    'POST /api/web/admin/emoji_packs': async (world) => {
      await addEmoji(world)
      const headers = { authorization: `Bearer ${world.owner.token}` }
      const answer = await fetch(`${world.town.address}${EMOJIS}/pack.zip`, { headers })
      const data = Buffer.from(await answer.arrayBuffer())
      const caller = { token: world.owner.token, parts: { data } }
      return { path: '/api/web/admin/emoji_packs', caller, gives: all(200) }
    },
  }
}
