import { all, first, type MakePress, type World } from './press.ts'

const PATH = '/api/hamlet/v1/imports'

async function bring({ town, fresh }: World) {
  const who = await fresh()
  const parts = { kind: 'blocking', data: Buffer.from('somebody@town.test\n') }
  const caller = { token: who.token, parts }
  const { body } = await town.call('POST', PATH, caller)
  return { who, caller, id: body.id as string }
}

/** What a person takes along and brings. */
export function archivePresses(): Record<string, MakePress> {
  return {
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
