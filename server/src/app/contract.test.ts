import { entities } from '@hamlet/contract/entities'
import { Type, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rooms } from '#app/rooms'
import { startFurnishedTown, type FurnishedTown } from '#test/furnished-town'

let furnished: FurnishedTown
beforeAll(async () => {
  furnished = await startFurnishedTown()
})
afterAll(() => furnished[Symbol.asyncDispose]())

const byName: Record<string, TSchema> = Object.fromEntries(
  entities.map((entity) => [(entity as TSchema as { $id: string }).$id, entity]),
)

/** What does not fit, in words; an empty list is a fit. */
function misfits(schema: TSchema, value: unknown): string[] {
  return Value.Check(byName, schema, value)
    ? []
    : Value.Errors(byName, schema, value).map((error) => `${error.instancePath} ${error.message}`)
}

const routes = rooms.flatMap((room) => room.routes)
/** What is answered by 204: nobody asks for donations. */
const absent = ['/api/v1/donation_campaigns']
/** What our own pages alone are told: an app's token is refused (asserted by the room). */
const own = [
  '/api/hamlet/v1/sessions',
  '/api/hamlet/v1/sessions/accounts',
  '/api/hamlet/v1/email',
  '/api/hamlet/v1/access',
  '/api/hamlet/v1/moves',
  '/api/hamlet/v1/takeouts/:id/archive.zip',
  '/api/hamlet/v1/security',
  '/api/hamlet/v1/security/sign_ins',
]
/** What answers a file, of which no schema speaks. */
const isFile = (path: string) => path.startsWith('/media/')
const reads = routes.filter(
  ({ method, path }) => method === 'GET' && ![...absent, ...own].includes(path) && !isFile(path),
)

test.each(reads.map((route) => [route.path, route] as const))(
  'GET %s answers as the contract says',
  async (path, route) => {
    const { town, bram, targetOf } = furnished
    const answer = await town.call('GET', targetOf(path), { token: bram.token })
    expect(answer.status).toBe(200)
    expect(misfits(route.response, answer.body ?? answer.text)).toEqual([])
  },
)

test('acts answer as the contract says', async () => {
  const { town, bram, ines, post } = furnished
  const acts = ['favourite', 'unfavourite', 'bookmark', 'unbookmark', 'reblog', 'unreblog', 'mute', 'unmute']
  for (const verb of acts) {
    const answer = await town.call('POST', `/api/v1/statuses/${post.id}/${verb}`, { token: bram.token })
    expect(misfits(Type.Ref('Status'), answer.body), verb).toEqual([])
  }
  for (const verb of ['follow', 'mute', 'unmute', 'note', 'unfollow', 'block', 'unblock']) {
    const answer = await town.call('POST', `/api/v1/accounts/${ines.accountId}/${verb}`, { token: bram.token })
    expect(misfits(Type.Ref('Relationship'), answer.body), verb).toEqual([])
  }
})

test('the check can fail', () => {
  expect(misfits(Type.Ref('Status'), { ...furnished.post, id: 5 })).not.toEqual([])
  expect(misfits(Type.Ref('Account'), {})).not.toEqual([])
})
