import { createRule, writeTermsDraft } from '#features/settings'
import { transact } from '#platform/context'
import { makePicture } from './pictures.ts'
import { all, first, type MakePress, type World } from './press.ts'

const RULES = '/api/web/admin/rules'
const PICTURES = '/api/web/admin/pictures'
const TERMS = '/api/web/admin/terms'
let made = 0

const makeRule = ({ town, owner }: World): Promise<string> =>
  transact(town.ctx, (tx) =>
    createRule(tx, owner.accountId, { text: `Rule ${(made += 1)}`, hint: '', translations: {} }),
  )

async function makeThumbnail({ town, owner }: World): Promise<void> {
  const parts = { file: await makePicture() }
  await town.call('PUT', `${PICTURES}/thumbnail`, { token: owner.token, parts })
}

const makeDraft = ({ town, owner }: World): Promise<void> =>
  transact(town.ctx, (tx) => writeTermsDraft(tx, owner.accountId, { text: `Terms ${(made += 1)}`, changes: '' }))

/** What the server says of itself, at length and in rules. */
export function sitePresses(): Record<string, MakePress> {
  return {
    'PATCH /api/web/admin/settings': async ({ owner }) => ({
      path: '/api/web/admin/settings',
      caller: { token: owner.token, json: { description: 'A town by the water' } },
      gives: all(200),
    }),
    [`PUT ${PICTURES}/:name`]: async (world) => {
      await makeThumbnail(world)
      const caller = { token: world.owner.token, json: { description: 'Boats at the quay' } }
      return { path: `${PICTURES}/thumbnail`, caller, gives: all(200) }
    },
    [`DELETE ${PICTURES}/:name`]: async (world) => {
      await makeThumbnail(world)
      return { path: `${PICTURES}/thumbnail`, caller: { token: world.owner.token }, gives: first(200, 404) }
    },
    'PUT /api/web/admin/texts/:name': async ({ owner }) => ({
      path: '/api/web/admin/texts/privacy_policy',
      caller: { token: owner.token, json: { text: 'We keep little.' } },
      gives: all(200),
    }),
    'POST /api/web/admin/text_preview': async ({ owner }) => ({
      path: '/api/web/admin/text_preview',
      caller: { token: owner.token, json: { text: '**Be kind**' } },
      gives: all(200),
    }),
    [`PUT ${TERMS}/draft`]: async ({ owner }) => ({
      path: `${TERMS}/draft`,
      caller: { token: owner.token, json: { text: 'Be kind.', changes: 'All of it.' } },
      gives: all(200),
    }),
    [`DELETE ${TERMS}/draft`]: async (world) => {
      await makeDraft(world)
      return { path: `${TERMS}/draft`, caller: { token: world.owner.token }, gives: first(200, 404) }
    },
    [`POST ${TERMS}/publish`]: async (world) => {
      await makeDraft(world)
      const day = new Date(world.town.clock.now().getTime() + 9 * 86_400_000).toISOString().slice(0, 10)
      const caller = { token: world.owner.token, json: { effective_on: day } }
      return { path: `${TERMS}/publish`, caller, gives: first(200, 422) }
    },
    [`POST ${RULES}`]: async ({ owner }) => ({
      path: RULES,
      caller: { token: owner.token, json: { text: 'Pressed twice' } },
      gives: first(200, 422),
    }),
    [`PUT ${RULES}/:id`]: async (world) => ({
      path: `${RULES}/${await makeRule(world)}`,
      caller: { token: world.owner.token, json: { text: 'Said anew', translations: { de: { text: 'Neu gesagt' } } } },
      gives: all(200),
    }),
    [`PUT ${RULES}/order`]: async (world) => {
      await makeRule(world)
      const rules = (await world.town.call('GET', RULES, { token: world.owner.token })).body as { id: string }[]
      const ids = rules.map((rule) => rule.id).toReversed()
      return { path: `${RULES}/order`, caller: { token: world.owner.token, json: { ids } }, gives: all(200) }
    },
    [`DELETE ${RULES}/:id`]: async (world) => ({
      path: `${RULES}/${await makeRule(world)}`,
      caller: { token: world.owner.token },
      gives: first(200, 404),
    }),
  }
}
