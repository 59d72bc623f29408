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
    [`DELETE ${ALLOWS}/:id`]: async (world) => ({
      path: await made(world, ALLOWS),
      caller: asOwner(world),
      gives: first(200, 404),
    }),
  }
}
