import { all, first, type MakePress, type World } from './press.ts'

const PATH = '/api/web/admin/roles'
let made = 0

async function makeRole({ town, owner }: World): Promise<string> {
  const json = { name: `Gardener ${(made += 1)}`, permissions: ['manage_reports'] }
  return (await town.call('POST', PATH, { token: owner.token, json })).body.id
}

/** Who may do what, as those change it who hand it out. */
export function rolePresses(): Record<string, MakePress> {
  return {
    [`POST ${PATH}`]: async ({ owner }) => ({
      path: PATH,
      caller: { token: owner.token, json: { name: 'Pressed twice' } },
      gives: first(200, 422),
    }),
    [`PUT ${PATH}/:id`]: async (world) => ({
      path: `${PATH}/${await makeRole(world)}`,
      caller: { token: world.owner.token, json: { permissions: ['manage_users'] } },
      gives: all(200),
    }),
    [`DELETE ${PATH}/:id`]: async (world) => ({
      path: `${PATH}/${await makeRole(world)}`,
      caller: { token: world.owner.token },
      gives: first(200, 404),
    }),
    'POST /api/web/admin/accounts/:id/role': async (world) => {
      const [roleId, who] = [await makeRole(world), await world.fresh()]
      const caller = { token: world.owner.token, json: { role_id: roleId } }
      return { path: `/api/web/admin/accounts/${who.accountId}/role`, caller, gives: all(200) }
    },
  }
}
