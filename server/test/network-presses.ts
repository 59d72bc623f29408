import { all, first, type MakePress, type World } from './press.ts'

const PATH = '/api/v1/admin/ip_blocks'
let serial = 0

/** Addresses and networks that are kept out. */
export function networkPresses(): Record<string, MakePress> {
  const wish = () => ({ ip: `2001:db8:${(serial += 1).toString(16)}::/48`, severity: 'sign_up_block' })
  const make = async ({ town, owner }: World) =>
    `${PATH}/${(await town.call('POST', PATH, { token: owner.token, json: wish() })).body.id}`
  return {
    [`POST ${PATH}`]: async ({ owner }) => ({
      path: PATH,
      caller: { token: owner.token, json: wish() },
      gives: first(200, 422),
    }),
    [`PUT ${PATH}/:id`]: async (world) => ({
      path: await make(world),
      caller: { token: world.owner.token, json: { severity: 'sign_up_requires_approval' } },
      gives: all(200),
    }),
    [`DELETE ${PATH}/:id`]: async (world) => ({
      path: await make(world),
      caller: { token: world.owner.token },
      gives: first(200, 404),
    }),
  }
}
